"""``bywalec evaluate``: measures the assistant on files, dialogues as well as understanding."""

import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from bywalec.cli.language import _
from bywalec.cli.project import start_django
from bywalec.cli.stores import bring_up_to_date
from bywalec.cli.terminal import progress, result

if TYPE_CHECKING:
    from bywalec.assistant.evaluation.measure import Figures
    from bywalec.assistant.evaluation.play import Played

application = typer.Typer(no_args_is_help=True, help=_("Measure the assistant on files."))
DATABASES = ("BYWALEC_DATABASE_URL", "BYWALEC_KEYS_DATABASE_URL")


@application.command(help=_("Play dialogue files in fresh worlds and print what passes, by tag."))
def dialogue(
    path: Annotated[Path, typer.Argument(exists=True, help=_("A dialogue file or a folder of them."))],
    worlds: Annotated[Path | None, typer.Option(help=_("Folder of the worlds; found beside the files."))] = None,
) -> None:
    """Play the files in a database of their own, which is thrown away; end with 1 if one does not hold."""
    with _throwaway_stores():
        start_django()
        bring_up_to_date(lambda text: None)
        from bywalec.assistant.evaluation.dialogue_file import dialogue_files, worlds_folder
        from bywalec.assistant.evaluation.play import play

        folder = worlds or worlds_folder(path)
        played = []
        for file in dialogue_files(path):
            one = play(file, folder)
            played.append(one)
            progress.print("[green].[/green]" if not one.failures else "[red]F[/red]", end="")
        progress.print()
    _print_dialogues(played)
    if not played or any(one.failures for one in played):
        raise typer.Exit(1)


@application.command(help=_("Understand labelled messages (JSON lines) and print the figures."))
def understanding(
    path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=_("One JSON object a line."))],
    predictions: Annotated[Path | None, typer.Option(help=_("Write every prediction to this file."))] = None,
) -> None:
    """Measure understanding; nothing of it needs a database."""
    start_django()
    import msgspec

    from bywalec.assistant.evaluation.measure import measure
    from bywalec.assistant.evaluation.understanding_file import read_labelled

    measured = measure(read_labelled(path))
    if predictions is not None:
        lines = (msgspec.json.encode(one) + b"\n" for one in measured.predictions)
        predictions.write_bytes(b"".join(lines))
    _print_figures(measured.figures)


@contextmanager
def _throwaway_stores() -> Iterator[None]:
    """Point the settings at empty stores in a temporary folder; must come before Django starts."""
    with tempfile.TemporaryDirectory(prefix="bywalec-evaluate-") as folder:
        os.environ["BYWALEC_VAR"] = folder
        for name in DATABASES:
            os.environ.pop(name, None)
        yield
        from django.db import connections

        connections.close_all()


def _print_dialogues(played: "Sequence[Played]") -> None:
    by_tag: dict[str, list[Played]] = defaultdict(list)
    for one in played:
        for tag in one.tags or ("-",):
            by_tag[tag].append(one)
        for failure in one.failures:
            result.print(f"[red]{escape(str(one.path))}[/red] {escape(failure)}")
    for tag, those in sorted(by_tag.items()):
        result.print(f"{tag:<16} {_summary(those)}")
    altogether = _("altogether")
    result.print(f"{altogether:<16} {_summary(played)}")


def _summary(played: "Sequence[Played]") -> str:
    passed = sum(not one.failures for one in played)
    alone = sum(not one.handed_off for one in played)
    share = alone / len(played) if played else 0.0
    return _("{passed} of {count} hold, {share} resolved without a person").format(
        passed=passed, count=len(played), share=f"{share:.0%}"
    )


def _print_figures(figures: "Figures") -> None:
    rows = (
        (_("messages"), str(figures.messages)),
        (_("accuracy (first skill)"), f"{figures.accuracy:.4f}"),
        (_("all skills, in order"), f"{figures.all_right:.4f}"),
        (_("macro-F1"), f"{figures.macro_f1:.4f}"),
        (_("out-of-scope AUROC"), "–" if figures.auroc is None else f"{figures.auroc:.4f}"),
        (_("latency, median"), f"{figures.p50_ms:.2f} ms"),
        (_("latency, 99 %"), f"{figures.p99_ms:.2f} ms"),
    )
    for title, value in rows:
        result.print(f"{title:<28} {value}", markup=False)
