"""Assertions that several test files share."""


def assert_one_sentence(called, status, *parts):
    """The call ended with that status, nothing on standard output and one line of error."""
    assert called.status == status, called
    assert called.out == ""
    assert called.err.startswith("Error: ") and called.err.endswith(".\n"), called.err
    assert called.err.count("\n") == 1, called.err
    for part in parts:
        assert part in called.err, called.err
