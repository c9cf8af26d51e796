"""``bywalec lint``: everything about the source that a machine can judge."""

import os
import tempfile
from collections.abc import Callable
from typing import Annotated

import typer

from bywalec.cli.laws.report import Report
from bywalec.cli.project import start_django
from bywalec.cli.terminal import result

SHOWN_MAX = 200


def lint(
    checks: Annotated[
        list[str] | None, typer.Argument(help="Only checks whose names contain one of these words.")
    ] = None,
) -> None:
    """Check style, types, architecture and the laws of the house; each check says what it covered."""
    with tempfile.TemporaryDirectory(prefix="bywalec-lint-") as folder:
        os.environ["BYWALEC_VAR"] = folder
        start_django()
        chosen = {
            name: check for name, check in _checks().items() if not checks or any(word in name for word in checks)
        }
        reports = [_show(check()) for check in chosen.values()]
    broken = [report.law for report in reports if not report.holds]
    if broken:
        result.print(f"[red]{len(broken)} of {len(reports)} checks failed:[/red] {', '.join(broken)}")
    elif reports:
        result.print(f"[green]{len(reports)} checks passed[/green]")
    raise typer.Exit(1 if broken or not reports else 0)


def _checks() -> dict[str, Callable[[], Report]]:
    from bywalec.cli.house import laws
    from bywalec.cli.tools import tools

    return {**laws(), **{tool.name: tool.check for tool in tools()}}


def _show(report: Report) -> Report:
    sign = "[green]✓[/green]" if report.holds else "[red]✗[/red]"
    nothing = "" if report.looked_at else " — nothing was checked, so this has failed"
    result.print(f"{sign} {report.law} [dim]({report.covered}){nothing}[/dim]")
    for finding in report.findings[:SHOWN_MAX]:
        result.print(f"    {finding}", markup=False)
    if len(report.findings) > SHOWN_MAX:
        result.print(f"    … and {len(report.findings) - SHOWN_MAX} more")
    for warning in report.warnings[:SHOWN_MAX]:
        result.print(f"  · {warning}", markup=False)
    return report
