"""Tables whose rows are written once: refused in code and by triggers in the database itself.

A table is protected by `refuse_changes("its_table")` in its migration; its model derives from `AppendOnly`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Never, Self

from django.db import connection, migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django_scopes import ScopedManager

from bywalec.foundation.models.tenant import TenantModel

_REFUSAL = """
CREATE OR REPLACE FUNCTION bywalec_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% rows are only ever added', TG_TABLE_NAME; END $$
"""


class RowsAreFinal(RuntimeError):
    """A row that is only ever added was to be changed or deleted: a mistake in the program."""


class AppendOnlyQuerySet(models.QuerySet[models.Model]):
    """Refuses to change or delete what it selects."""

    def update(self, **kwargs: Any) -> Never:
        """Refuse."""
        raise RowsAreFinal(f"{self.model._meta.label} rows are never changed")

    def delete(self) -> Never:
        """Refuse."""
        raise RowsAreFinal(f"{self.model._meta.label} rows are never deleted")


class AppendOnly(TenantModel):
    """Base of tables whose rows are only ever added."""

    if TYPE_CHECKING:
        objects: ClassVar[models.Manager[Self]]
    else:
        objects = ScopedManager(
            organization="organization", _manager_class=models.Manager.from_queryset(AppendOnlyQuerySet)
        )

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Write a new row; refuse to write it again."""
        if not self._state.adding:
            raise RowsAreFinal(f"{self._meta.label} rows are never changed")
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, using: str | None = None, keep_parents: bool = False) -> Never:
        """Refuse."""
        raise RowsAreFinal(f"{self._meta.label} rows are never deleted")


def refuse_changes(table: str) -> migrations.RunPython:
    """Return the migration operation that makes the database refuse UPDATE and DELETE on a table."""

    def protect(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.alias == "default":
            for statement in _protection(table, editor.connection.vendor):
                editor.execute(statement, params=None)

    def unprotect(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.alias == "default":
            for name in _trigger_names(table, editor.connection.vendor):
                on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
                editor.execute(f"DROP TRIGGER {name}{on}")

    return migrations.RunPython(protect, unprotect)


@contextmanager
def lifted() -> Iterator[None]:
    """Take the triggers away while a test's database is emptied.

    PostgreSQL empties tables by TRUNCATE, which fires none of them.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%%_append_only_%%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _, statement in triggers:
                cursor.execute(statement)


def _trigger_names(table: str, vendor: str) -> list[str]:
    changes = ("change",) if vendor == "postgresql" else ("update", "delete")
    return [f"{table}_append_only_{change}" for change in changes]


def _protection(table: str, vendor: str) -> list[str]:
    names = _trigger_names(table, vendor)
    if vendor == "postgresql":
        trigger = f"CREATE TRIGGER {names[0]} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
        return [_REFUSAL, f"{trigger} EXECUTE FUNCTION bywalec_refuse_change()"]
    return [
        f"CREATE TRIGGER {name} BEFORE {name.rsplit('_', 1)[1].upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are only ever added'); END"
        for name in names
    ]
