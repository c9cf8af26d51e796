"""Changing rows behind the program's back: without triggers and without check constraints."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from bywalec.foundation.append_only import lifted
from bywalec.foundation.rows import bound


def tamper(table: str, column: str, change: str, row: UUID) -> None:
    """Set one column of one row to an SQL expression."""
    with _defenceless(table), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {change} WHERE id = %s", [bound(row)])
        assert cursor.rowcount == 1


def remove(table: str, row: UUID) -> None:
    """Delete one row that nothing refers to."""
    with _defenceless(table), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [bound(row)])
        assert cursor.rowcount == 1


@contextmanager
def _defenceless(table: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            with lifted():
                yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
