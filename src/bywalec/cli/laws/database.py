"""The law of law 9 once more, on the database itself: what a migration made by hand is seen here and not in models."""

from collections.abc import Collection

from django.db.backends.base.base import BaseDatabaseWrapper

from bywalec.cli.laws.report import Finding, Report, report
from bywalec.cli.laws.tables import TENANT


def organization_comes_first_in_the_database(
    connection: BaseDatabaseWrapper, tables: Collection[str], tenant_column: str = f"{TENANT}_id"
) -> Report:
    """Check every index and unique constraint of the named tables in a migrated database."""
    findings: list[Finding] = []
    looked_at = 0
    with connection.cursor() as cursor:
        for table in sorted(tables):
            constraints = connection.introspection.get_constraints(cursor, table)
            for name, facts in constraints.items():
                if facts["primary_key"] or not (facts["index"] or facts["unique"]):
                    continue
                looked_at += 1
                if not facts["columns"] or facts["columns"][0] != tenant_column:
                    findings.append(Finding(f"{table} {name}", f"does not start with `{tenant_column}`"))
    return report("organization comes first in the database", looked_at, "indexes", findings)
