"""``bywalec demo``: a shop with a year behind it, served on one port; with ``--smoke`` it plays the main job itself."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, TaskID

from bywalec.cli.commands.serve import Host, Port
from bywalec.cli.language import _
from bywalec.cli.project import PROJECT, start_django
from bywalec.cli.stores import bring_up_to_date
from bywalec.cli.terminal import note, progress, result

if TYPE_CHECKING:
    from bywalec.cli.demo.notes import Notes

Data = Annotated[Path | None, typer.Option(help=_("Folder of the demo's data; ./var by default."))]
Members = Annotated[int, typer.Option(help=_("How many members the demo shop has."), min=1, max=5_000)]
Days = Annotated[int, typer.Option(help=_("How many days lie behind the demo shop."), min=1, max=3_650)]
Smoke = Annotated[bool, typer.Option("--smoke", help=_("Play the main job on a fresh demo and say how it went."))]


def demo(
    data: Data = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    members: Members = 300,
    days: Days = 365,
    smoke: Smoke = False,
) -> None:
    """Prepare the demo in its folder, serve it and print where to go; safe to run again."""
    if smoke:
        from bywalec.cli.smoke.run import smoke as play

        raise typer.Exit(play(["--members", str(members), "--days", str(days)], _say))
    folder = (data or PROJECT / "var").resolve()
    os.environ.update({"BYWALEC_VAR": str(folder), "BYWALEC_DEMO": "true"})
    start_django()
    bring_up_to_date(note)
    notes = _loaded(folder, members=members, days=days)
    _serve(notes, folder, host=host, port=port)


def _say(text: str) -> None:
    result.print(text, markup=False)


def _loaded(folder: Path, *, members: int, days: int) -> "Notes":
    """Return the notes of the complete demo; what is loaded already stays, an interrupted load goes on."""
    from bywalec.cli.demo.loading.load import begin, load
    from bywalec.cli.demo.notes import read_notes

    notes = read_notes(folder) or begin(folder, members=members, days=days)
    if notes.complete:
        return notes
    note(_("loading the demo shop: {members} members, {days} days").format(members=notes.members, days=notes.days))
    with Progress(console=progress, transient=True) as bar:
        return load(folder, notes, Bar(bar, bar.add_task(_("receipts"), total=None)))


def _serve(notes: "Notes", folder: Path, *, host: str, port: int) -> None:
    from bywalec.cli.demo.loading.counter import allow_origins
    from bywalec.cli.demo.shop import read_shop
    from bywalec.cli.demo.summary import summary
    from bywalec.cli.serving import run_server

    address = f"http://{host}:{port}"
    if notes.organization is not None:
        allow_origins(notes.organization, read_shop(), [address, f"http://localhost:{port}"])

    def welcome() -> None:
        for line in summary(notes, address=address, folder=folder):
            typer.echo(line)

    run_server(host=host, port=port, when_ready=welcome)


class Bar:
    """Shows on the terminal how far the load is."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def at(self, done: int, of: int) -> None:
        """Note that so many of so many receipts are loaded."""
        self._bar.update(self._task, completed=done, total=of)
