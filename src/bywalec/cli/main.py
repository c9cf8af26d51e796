"""The command line ``bywalec``: which commands there are, and how an error is told on a terminal."""

import sys

import typer

from bywalec.cli.commands import evaluate
from bywalec.cli.commands.demo import demo
from bywalec.cli.commands.doctor import doctor
from bywalec.cli.commands.import_purchases import importing
from bywalec.cli.commands.lint import lint
from bywalec.cli.commands.lock import lock
from bywalec.cli.commands.messages import messages
from bywalec.cli.commands.migrate import migrate
from bywalec.cli.commands.serve import serve
from bywalec.cli.commands.test import test
from bywalec.cli.commands.verify import verify
from bywalec.cli.commands.worker import worker
from bywalec.cli.language import _
from bywalec.cli.terminal import progress

DEVELOPERS = _("For developers")
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

application = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

application.command(help=_("Show a shop with a year behind it, made on the spot."))(demo)
application.command(help=_("Serve the shop, the worker inside."))(serve)
application.command(help=_("Work off what is due, in a process of its own."))(worker)
application.command(help=_("Bring the databases to the schema of this version."))(migrate)
application.add_typer(importing, name="import", help=_("Bring data in from files."))
application.command(help=_("Replay the ledger and name what does not add up."))(verify)
application.command(help=_("Examine the installation and say what to do."))(doctor)
application.add_typer(evaluate.application, name="evaluate")

application.command(context_settings=PASSED_ON, rich_help_panel=DEVELOPERS)(test)
application.command(rich_help_panel=DEVELOPERS)(lint)
application.command(rich_help_panel=DEVELOPERS)(messages)
application.command(rich_help_panel=DEVELOPERS)(lock)


def main() -> None:
    """Run the command that the arguments name."""
    from bywalec.foundation.errors import BywalecError

    try:
        application(prog_name="bywalec")
    except BywalecError as error:
        progress.print(f"[red]{error.message}[/red]")
        progress.print(str(error.remedy))
        sys.exit(1)
