"""Raw SQL of the ledger, the same on both databases: statements whose text and number do not grow with the batch."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Literal, cast
from uuid import UUID

from django.db import connection

from bywalec.foundation.rows import bound, bound_rows

ColumnType = Literal["uuid", "bigint", "boolean", "timestamptz", "varchar"]


def is_sqlite() -> bool:
    """Say which of the two databases is in use."""
    return connection.vendor == "sqlite"


def among(column: str, values: Iterable[UUID | str]) -> tuple[str, object]:
    """Return a condition ``column is one of values`` and its one parameter."""
    if is_sqlite():
        texts = [value.hex if isinstance(value, UUID) else value for value in values]
        return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(texts)
    return f"{column} = ANY(%s)", list(values)


def select(statement: str, parameters: Sequence[object]) -> list[tuple[object, ...]]:
    """Run a SELECT and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [bound(value) if not isinstance(value, list) else value for value in parameters])
        rows: list[tuple[object, ...]] = cursor.fetchall()
    return rows


def update_rows(table: str, columns: Sequence[tuple[str, ColumnType]], rows: Sequence[tuple[object, ...]]) -> None:
    """Set columns of many rows of the current transaction at once.

    Args:
        table: the table's name.
        columns: names and types of the columns to set.
        rows: the row's id, then a value for each column.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        if is_sqlite():
            sets = ", ".join(f'"{name}" = %s' for name, _ in columns)
            values = bound_rows([(*row[1:], row[0]) for row in rows])
            cursor.executemany(f'UPDATE "{table}" SET {sets} WHERE id = %s', values)
            return
        sets = ", ".join(f'"{name}" = new."{name}"' for name, _ in columns)
        names = ", ".join(f'"{name}"' for name, _ in columns)
        marks = "(" + ", ".join(["%s::uuid", *(f"%s::{kind}" for _, kind in columns)]) + ")"
        cursor.execute(
            f'UPDATE "{table}" SET {sets} FROM (VALUES {", ".join([marks] * len(rows))}) AS new(id, {names}) '
            f'WHERE "{table}".id = new.id',
            [value for row in bound_rows(rows) for value in row],
        )


def as_id(value: object) -> UUID:
    """Return a key read from the database."""
    return value if isinstance(value, UUID) else UUID(hex=str(value))


def as_id_or_none(value: object) -> UUID | None:
    """Return a key read from the database, if there is one."""
    return None if value is None else as_id(value)


def as_moment(value: object) -> datetime:
    """Return a moment read from the database, aware, in UTC (SQLite keeps UTC without saying so)."""
    moment = cast(datetime, value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def as_moment_or_none(value: object) -> datetime | None:
    """Return a moment read from the database, if there is one."""
    return None if value is None else as_moment(value)


def as_number(value: object) -> int:
    """Return a whole number read from the database."""
    return cast(int, value)
