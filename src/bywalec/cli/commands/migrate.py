"""``bywalec migrate``: brings both stores to the schema of this version."""

from bywalec.cli.project import start_django
from bywalec.cli.stores import bring_up_to_date
from bywalec.cli.terminal import note


def migrate() -> None:
    """Bring the databases to the schema of this version; safe to run again."""
    start_django()
    bring_up_to_date(note)
