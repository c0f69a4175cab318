"""The sample builds, with all unit tests and data tests, and without a warning of dbt's."""


def test_the_sample_builds_and_all_its_tests_pass(everything):
    assert everything.returncode == 0, everything.output
    assert "Completed" in everything.output
    assert "unit_test" in everything.output
