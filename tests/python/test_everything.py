"""What make test builds first: the sample, with unit tests, data tests and no warning of dbt's."""


def test_the_sample_builds_and_all_its_tests_pass(everything):
    assert everything.returncode == 0, everything.output
    assert "Completed" in everything.output
    assert "unit_test" in everything.output
