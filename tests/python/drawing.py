"""Random inputs that are drawn once, to be built together."""

from hypothesis import HealthCheck, Phase, settings


def for_one_build(n):
    """Settings to draw n examples by, the same each time: one build leaves nothing to shrink by."""
    return settings(
        max_examples=n,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
