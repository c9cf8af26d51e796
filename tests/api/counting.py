"""How many rows every table of both stores holds: the proof that a refused request wrote nothing."""

from django.db import connections

Counts = dict[str, int]


def row_counts() -> Counts:
    """Return the number of rows of each table."""
    found: Counts = {}
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in sorted(connection.introspection.table_names(cursor)):
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
                found[f"{connection.alias}.{table}"] = cursor.fetchone()[0]
    return found


def changed(before: Counts, after: Counts) -> Counts:
    """Return what was added to each table, leaving out what stayed."""
    return {table: after[table] - rows for table, rows in before.items() if after[table] != rows}
