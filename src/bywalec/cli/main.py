"""The command line ``bywalec``: which commands there are, and how an error is told on a terminal."""

import sys

import typer

from bywalec.cli.commands.lint import lint
from bywalec.cli.commands.lock import lock
from bywalec.cli.commands.test import test
from bywalec.cli.terminal import progress

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

application = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
application.command(context_settings=PASSED_ON)(test)
application.command()(lint)
application.command()(lock)


def main() -> None:
    """Run the command that the arguments name."""
    from bywalec.foundation.errors import BywalecError

    try:
        application(prog_name="bywalec")
    except BywalecError as error:
        progress.print(f"[red]{error.message}[/red]")
        progress.print(str(error.remedy))
        sys.exit(1)
