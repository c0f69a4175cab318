"""Start of the command line, and the only place that ends the process."""

import signal
import sys

import click

from zebra.cli import cli
from zebra.errors import ExitStatus, UsageError

# A request to end, and a terminal that is closed (which Windows lacks).
ENDINGS = [signal.SIGTERM, *filter(None, [getattr(signal, "SIGHUP", None)])]


def main(arguments=None):
    """Run one command and return its exit status (an `ExitStatus`).

    arguments: list of strings, `sys.argv[1:]` when None.
    """
    # Python's default for these skips `finally`, and with it the removal of half-written files.
    for number in ENDINGS:
        # What nohup has set stays.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its code, rather than end the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        # On Windows click would expand wildcards that DuckDB is to have.
        settings = {"standalone_mode": False, "windows_expand_args": False}
        return cli.main(arguments, prog_name="zebra", **settings) or ExitStatus.DONE
    except click.Abort:
        click.echo("Error: interrupted.", err=True)
        return ExitStatus.INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return ExitStatus.USAGE
    except click.ClickException as error:
        # Click's own errors name what is wrong; ours say what to do as well.
        by_click = isinstance(error, click.UsageError) and not isinstance(error, UsageError)
        hint = f" (see {error.ctx.command_path} -h)" if by_click and error.ctx else ""
        click.echo(f"Error: {error.format_message().rstrip('.')}{hint}.", err=True)
        return ExitStatus(error.exit_code)


def _end(number, frame):
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
