"""The two stores, data and keys: what they lack and how they get it."""

from collections.abc import Callable

from bywalec.cli.language import _, ngettext

STORES = {"keys": "foundation", "default": None}
"""The stores, keys first, and the only area that has tables there, if there is only one."""


def pending_migrations(store: str) -> list[str]:
    """Return the migrations that a store still lacks; Django must be started."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[store])
    targets = executor.loader.graph.leaf_nodes(STORES[store])
    return [f"{migration.app_label}.{migration.name}" for migration, _back in executor.migration_plan(targets)]


def bring_up_to_date(say: Callable[[str], None]) -> None:
    """Migrate both stores, keys first, and tell what was done; Django must be started."""
    from django.core.management import call_command

    for store, area in STORES.items():
        count = len(pending_migrations(store))
        if not count:
            say(_("store {store}: up to date").format(store=store))
            continue
        call_command("migrate", *([area] if area else []), database=store, interactive=False, verbosity=0)
        done = ngettext("store {store}: {count} migration applied", "store {store}: {count} migrations applied", count)
        say(done.format(store=store, count=count))
