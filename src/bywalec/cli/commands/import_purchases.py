"""``bywalec import purchases FILE``: receipts from a till, an e-shop or another system, with their history."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bywalec.cli.language import LANGUAGE, _
from bywalec.cli.project import start_django
from bywalec.cli.stores import bring_up_to_date, pending_migrations
from bywalec.cli.terminal import note, progress, result

if TYPE_CHECKING:
    from bywalec.cli.importing.place import Place
    from bywalec.cli.importing.reading import PurchaseFile

importing = typer.Typer(no_args_is_help=True)


@importing.callback()
def bring_in() -> None:
    """Bring data in from files."""


@importing.command(help=_("Bring in purchases from a CSV, NDJSON or Parquet file; can be run again."))
def purchases(
    file: Annotated[Path, typer.Argument(help=_("CSV, NDJSON or Parquet, one row for each line of a receipt."))],
    organization: Annotated[str | None, typer.Option(help=_("Whose receipts; name or short name."))] = None,
    currency: Annotated[str | None, typer.Option(help=_("With a new name: creates the organization."))] = None,
    shop: Annotated[str | None, typer.Option(help=_("Code of the shop whose receipts these are."))] = None,
    preset: Annotated[str | None, typer.Option(help=_("A ready mapping, such as uci-online-retail."))] = None,
    columns: Annotated[Path | None, typer.Option(help=_("YAML file that says which column means what."))] = None,
    pairs: Annotated[list[str] | None, typer.Option("--map", help=_("One column, such as sku=StockCode."))] = None,
    create_members: Annotated[bool, typer.Option(help=_("Make unknown customer numbers members."))] = False,
    create_tills: Annotated[bool, typer.Option(help=_("Create tills that the file names."))] = False,
    rejects: Annotated[Path | None, typer.Option(help=_("Where refused rows are written, CSV or NDJSON."))] = None,
    limit: Annotated[int | None, typer.Option(help=_("Read only so many rows."), min=1)] = None,
) -> None:
    """Bring in purchases; rows that cannot go in are written to a file with their reason."""
    start_django()
    if pending_migrations("default") or pending_migrations("keys"):
        bring_up_to_date(note)
    from bywalec.cli.importing.mapping import load_mapping
    from bywalec.cli.importing.place import find_place
    from bywalec.cli.importing.reading import PurchaseFile

    mapping = load_mapping(preset=preset, file=columns, pairs=pairs or [])
    source = PurchaseFile(file, mapping)
    place = find_place(name=organization, currency=currency, shop=shop, mapping=mapping)
    target = rejects or Path(f"{file.stem}-rejects.csv")
    take_in(source, place, target, create_members=create_members, create_tills=create_tills, limit=limit)


def take_in(
    source: "PurchaseFile", place: "Place", target: Path, *, create_members: bool, create_tills: bool, limit: int | None
) -> None:
    """Take a file in with a bar that moves, and print what became of its rows."""
    from django.utils import translation

    from bywalec.cli.importing import place as places
    from bywalec.cli.importing.rejects import RejectsFile
    from bywalec.cli.importing.summary import summary
    from bywalec.cli.importing.taking import Import

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=progress
    )
    with translation.override(LANGUAGE), RejectsFile(target) as refused, bar:
        shown = bar.add_task(_("reading"), total=None)
        task = Import(
            file=source,
            place=place,
            create_members=create_members,
            rejects=refused,
            on_progress=lambda tally: bar.update(shown, completed=tally.rows),
            limit=limit,
        )
        found = task.survey()
        if create_tills:
            places.create_tills(place, found.tills)
        bar.update(shown, description=_("taking in"), total=found.rows)
        tally = task.run(found)
        bar.update(shown, completed=tally.rows)
    result.print(summary(tally))
    if refused.count:
        note(_("{count} rows were refused; their reasons: {path}").format(count=refused.count, path=target))
    if tally.rows and tally.rejected == tally.rows:
        raise typer.Exit(1)
