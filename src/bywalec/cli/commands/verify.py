"""``bywalec verify``: replay the ledger of every organization and name the first thing that does not add up."""

import typer

from bywalec.cli.language import _
from bywalec.cli.project import start_django
from bywalec.cli.stores import pending_migrations
from bywalec.cli.terminal import progress, result


def verify() -> None:
    """Replay each ledger from its entries; ends with 1 when one does not add up or there is nothing to look at."""
    start_django()
    from bywalec.foundation import queries
    from bywalec.loyalty.queries.verify import verify as replay

    if pending_migrations("default"):
        result.print(f"[red]✗[/red] {_('The database is not on the schema of this version; run ./bywalec migrate.')}")
        raise typer.Exit(1)
    broken, organizations = 0, queries.organizations()
    for organization in organizations:
        with progress.status(organization.name):
            report = replay(organization.id)
        counts = ", ".join(f"{name} {count}" for name, count in sorted(report.counts.items()))
        if report.problem is None:
            result.print(f"[green]✓[/green] {organization.name}: {_('the ledger adds up')} ({counts})")
        else:
            broken += 1
            result.print(f"[red]✗[/red] {organization.name}: {report.problem}")
    if not organizations:
        result.print(f"[red]✗[/red] {_('There is no organization here, so nothing was checked.')}")
    raise typer.Exit(1 if broken or not organizations else 0)
