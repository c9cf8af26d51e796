"""``bywalec doctor``: is this installation well, and what to do where it is not."""

import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer

from bywalec.cli.language import _
from bywalec.cli.project import start_django
from bywalec.cli.stores import STORES, pending_migrations
from bywalec.cli.terminal import result

FREE_BYTES_MIN = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that was examined.

    Args:
        subject: what it is.
        state: how it is.
        remedy: what to do; empty when it is well.
    """

    subject: str
    state: str
    remedy: str = ""


def doctor() -> None:
    """Examine settings, keys, databases and disk; ends with 1 when something needs attention."""
    unwell = 0
    for observation in _examine():
        unwell += bool(observation.remedy)
        sign = "[red]✗[/red]" if observation.remedy else "[green]✓[/green]"
        result.print(f"{sign} {observation.subject}: {observation.state}")
        if observation.remedy:
            result.print(f"    → {observation.remedy}")
    result.print(
        _("Everything is well.") if not unwell else _("Points that need attention: {count}.").format(count=unwell)
    )
    raise typer.Exit(1 if unwell else 0)


def _examine() -> Iterator[Observation]:
    from django.core.exceptions import ImproperlyConfigured

    try:
        start_django()
    except (ImproperlyConfigured, ImportError, OSError, ValueError) as error:
        yield Observation(_("settings"), repr(error), _("Correct the setting that is named here and start again."))
        return
    from django.conf import settings

    folder = Path(settings.DATA)
    yield Observation(_("settings"), _("read"))
    yield _disk(folder)
    yield _master_key(folder, settings.BYWALEC_MASTER_KEY)
    for store in STORES:
        yield _store(store)


def _disk(folder: Path) -> Observation:
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    state = _("{size} GB free in {folder}").format(size=free // 1_000_000_000, folder=folder)
    return Observation(
        _("disk"), state, "" if free >= FREE_BYTES_MIN else _("Make room: at least 1 GB should be free.")
    )


def _master_key(folder: Path, key: str) -> Observation:
    """Look at the key that opens all others: long enough, and readable by nobody else."""
    subject, file = _("master key"), folder / "master_key.txt"
    if len(key) < 64:
        return Observation(subject, _("too short"), _("Set BYWALEC_MASTER_KEY to 64 hexadecimal digits."))
    if file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return Observation(subject, _("others can read it"), _("Run: chmod 600 {file}").format(file=file))
    return Observation(subject, _("present; keep a copy of it apart from the backup of the data"))


def _store(store: str) -> Observation:
    from django.db import DatabaseError, connections

    subject = _("store {store}").format(store=store)
    try:
        lacking = pending_migrations(store)
        with connections[store].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        remedy = _("Start the database, or correct BYWALEC_DATABASE_URL or BYWALEC_KEYS_DATABASE_URL.")
        return Observation(subject, str(error).strip(), remedy)
    if lacking:
        state = _("migrations are missing: {names}").format(names=", ".join(lacking[:3]))
        return Observation(subject, state, _("Run: ./bywalec migrate"))
    return Observation(subject, _("answers, schema up to date ({kind})").format(kind=connections[store].vendor))
