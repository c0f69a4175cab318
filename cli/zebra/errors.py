"""What can go wrong, as one sentence and an exit status."""

import enum

import click


class ExitStatus(enum.IntEnum):
    """Exit status of every command; `zebra -h` lists them."""

    DONE = 0
    DATA = 1
    USAGE = 2
    INTERRUPTED = 130


class DataError(click.ClickException):
    """The data, the database or the disk is at fault."""

    exit_code = ExitStatus.DATA


class UsageError(click.UsageError):
    """The call is at fault."""

    exit_code = ExitStatus.USAGE
