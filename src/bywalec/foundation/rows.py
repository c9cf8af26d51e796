"""Many rows in one statement: the fast way in for what is written in batches (purchases, ledger, events).

The rows join the transaction that is under way. Values are bound, never pasted; names come from the program.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django.db import connection

PARAMETERS_MAX = 30_000
Bindable = int | float | Decimal | str | bytes | date | UUID | None


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Insert rows into a table of the default database.

    Args:
        table: the table's name.
        columns: the columns, in the order of each row's values.
        rows: values as Python has them: UUID, aware datetime, date, Decimal, bool, int, str, bytes; dict, list (JSON).
    """
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    written = bound_rows(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', written)
            return
        per_statement = max(1, PARAMETERS_MAX // len(columns))
        for start in range(0, len(rows), per_statement):
            part = written[start : start + per_statement]
            values = ", ".join([f"({marks})"] * len(part))
            cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES {values}', [value for row in part for value in row])


def insert_new_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> set[UUID]:
    """Insert the rows whose unique keys are free and return the ids of those that went in.

    A row that meets an existing one, also one written by a concurrent transaction, is left out; the statement waits for
    that transaction to end. Rows sorted by their key keep two such statements from waiting for each other.

    Args:
        table: the table's name.
        columns: the columns; the first one is ``id``.
        rows: as for `insert_rows`; of two rows with the same key the first goes in.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    row_marks = "({})".format(", ".join(["%s"] * len(columns)))
    per_statement = max(1, PARAMETERS_MAX // len(columns))
    written: set[UUID] = set()
    adapted = bound_rows(rows)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), per_statement):
            part = adapted[start : start + per_statement]
            cursor.execute(
                f'INSERT INTO "{table}" ({names}) VALUES {", ".join([row_marks] * len(part))} '
                f'ON CONFLICT DO NOTHING RETURNING "id"',
                [value for row in part for value in row],
            )
            written.update(key if isinstance(key, UUID) else UUID(key) for (key,) in cursor.fetchall())
    return written


def bound(value: object) -> Bindable:
    """Return a value as the default database wants it bound in raw SQL."""
    return _for_sqlite(value) if connection.vendor == "sqlite" else _for_postgresql(value)


def bound_rows(rows: Sequence[Sequence[object]]) -> list[list[Any]]:
    """Return rows as the default database wants them bound in raw SQL.

    Most values stay as they are and are passed by without a call: this sees every value of every receipt.
    """
    sqlite = connection.vendor == "sqlite"
    plain, adapt = (_AS_THEY_ARE, _for_sqlite) if sqlite else (_PLAIN_FOR_POSTGRESQL, _for_postgresql)
    return [[value if type(value) in plain else adapt(value) for value in row] for row in rows]


def _for_sqlite(value: object) -> Bindable:
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return cast(Bindable, value)
    written = _WRITTEN_FOR_SQLITE.get(kind)
    if written is None:
        written = next((write for known, write in _WRITTEN_FOR_SQLITE.items() if isinstance(value, known)), None)
    return cast(Bindable, value) if written is None else written(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# Looked up by type: this runs for every value of every row. A datetime is a date too, so it stands first.
_AS_THEY_ARE = frozenset({str, int, bytes, bool, float, type(None)})
_PLAIN_FOR_POSTGRESQL = _AS_THEY_ARE | {UUID, datetime, date, Decimal}
_WRITTEN_FOR_SQLITE: dict[type, Callable[[Any], Bindable]] = {
    UUID: lambda value: value.hex,
    datetime: lambda value: value.astimezone(UTC).replace(tzinfo=None).isoformat(" "),
    date: lambda value: value.isoformat(),
    Decimal: str,
    dict: _json,
    list: _json,
}


def _for_postgresql(value: object) -> Bindable:
    return _json(value) if isinstance(value, dict | list) else cast(Bindable, value)
