"""Laws about tables: keys point down, every row has its tenant, organization comes first, personal data is listed.

Each takes the models to judge, so the application's own and a test's planted ones are judged alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import models
from django.db.models.constraints import UniqueConstraint
from django.db.models.expressions import F, OrderBy

from bywalec.cli.laws.report import Finding, Report, report

TENANT = "organization"
ROOT = "bywalec."

GLOBAL_TABLES: Mapping[str, str] = {
    "foundation.Organization": "is the tenant itself",
    "foundation.StaffUser": "one account may work in several organizations",
    "foundation.Schedule": "jobs of the installation, not of a tenant",
    "foundation.TenantKey": "second store: its key is the organization",
    "foundation.PersonKey": "second store: carries the organization, its key is the person",
}

PLAIN_TYPES = (
    models.AutoField,
    models.BooleanField,
    models.DateField,
    models.DateTimeField,
    models.DecimalField,
    models.DurationField,
    models.ForeignKey,
    models.IntegerField,
    models.TimeField,
    models.UUIDField,
)

PLAIN_NAMES: Mapping[str, str] = {
    "accent": "a colour",
    "country": "a code of ISO 3166",
    "currency": "a code of ISO 4217",
    "kind": "a word of the program",
    "language": "a code of BCP 47",
    "state": "a word of the program",
    "theme": "light or dark",
    "timezone": "a name of the IANA database",
    "vat": "a tax rate",
}
PLAIN_ENDINGS: Mapping[str, str] = {
    "hash": "a digest of something that is kept elsewhere or nowhere",
    "_kind": "a word of the program",
    "_version": "the number or name of a version",
}

AnyModel = type[models.Model]


def own(candidates: Iterable[AnyModel]) -> list[AnyModel]:
    """Keep the project's own tables; those of Django and of libraries are not ours to judge."""
    return [model for model in candidates if model.__module__.startswith(ROOT)]


def foreign_keys_point_down(candidates: Iterable[AnyModel], layers: Sequence[Sequence[str]]) -> Report:
    """Check that every relation stays in its area or points to an area of a lower layer.

    Args:
        candidates: the tables.
        layers: areas by layer, top first, as in ``.importlinter``.
    """
    rank = {area: number for number, layer in enumerate(layers) for area in layer}
    findings: list[Finding] = []
    looked_at = 0
    for model in candidates:
        for field in model._meta.get_fields():
            target = field.related_model
            if not field.concrete or not isinstance(target, type) or not issubclass(target, models.Model):
                continue
            looked_at += 1
            area, other = model._meta.app_label, target._meta.app_label
            if area == other or rank.get(area, -1) < rank.get(other, -1):
                continue
            findings.append(
                Finding(
                    f"{model._meta.label}.{field.name}", f"points to {target._meta.label}, which is not below {area}"
                )
            )
    return report("foreign keys point down", looked_at, "relations", findings)


def rows_have_a_tenant(candidates: Iterable[AnyModel], global_tables: Mapping[str, str] = GLOBAL_TABLES) -> Report:
    """Check that every table has a key ``id`` (UUID) and a required ``organization``, unless listed as global."""
    findings: list[Finding] = []
    labels = set()
    for model in candidates:
        label = model._meta.label
        labels.add(label)
        if label in global_tables:
            continue
        key = model._meta.pk
        if key.name != "id" or not isinstance(key, models.UUIDField):
            findings.append(Finding(label, "has no primary key `id` (UUIDv7); derive it from TenantModel"))
        tenant = next((field for field in model._meta.fields if field.name == TENANT), None)
        if not isinstance(tenant, models.ForeignKey) or tenant.null:
            findings.append(Finding(label, "has no required `organization`; derive it from TenantModel"))
    stale = (Finding(label, "is listed as global but is no table") for label in set(global_tables) - labels)
    return report("every row has its tenant", len(labels), "tables", [*findings, *stale])


def organization_comes_first(
    candidates: Iterable[AnyModel], global_tables: Mapping[str, str] = GLOBAL_TABLES
) -> Report:
    """Check that every index and unique constraint but the primary key starts with ``organization``."""
    findings: list[Finding] = []
    looked_at = 0
    for model in candidates:
        label = model._meta.label
        if label in global_tables:
            continue
        for name, columns in _ordered_columns(model):
            looked_at += 1
            if not columns or columns[0] != TENANT:
                findings.append(Finding(f"{label} {name}", f"starts with {_first(columns)}, not with `{TENANT}`"))
    return report("organization comes first", looked_at, "indexes and unique constraints", findings)


def _first(columns: Sequence[str]) -> str:
    return f"`{columns[0]}`" if columns else "an expression"


def _ordered_columns(model: AnyModel) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the name and leading columns of every index and unique constraint that a model asks for."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield constraint.name, constraint.fields or _plain(constraint.expressions)
    for index in model._meta.indexes:
        yield index.name, [field.lstrip("-") for field in index.fields] or _plain(index.expressions)
    for together in model._meta.unique_together:
        yield "unique_together", list(together)
    for field in model._meta.local_fields:
        if (field.unique or getattr(field, "db_index", False)) and not field.primary_key:
            yield f"index of column {field.name}", [field.name]
    for many in model._meta.local_many_to_many:
        through = many.remote_field.through
        if through is not None and through._meta.auto_created:
            yield f"hidden table of {many.name}", [many.name]


def _plain(expressions: Iterable[object]) -> list[str]:
    """Name the columns at the start of a list of expressions, as far as they are plain columns."""
    names: list[str] = []
    for expression in expressions:
        column = expression.expression if isinstance(expression, OrderBy) else expression
        if not isinstance(column, F):
            break
        names.append(column.name)
    return names


def personal_data_is_listed(
    candidates: Iterable[AnyModel], personal: Iterable[str], not_personal: Mapping[str, str]
) -> Report:
    """Check that every column able to hold something about a person is declared personal, or not, with a reason.

    Numbers, times, switches and relations are plain, and so are texts with a fixed list of choices or a name that
    `PLAIN_NAMES` explains. All else is declared in the area's ``personal_data.py``, ciphertext above all.
    """
    personal = set(personal)
    findings: list[Finding] = []
    columns = set()
    for model in candidates:
        for field in model._meta.local_fields:
            name = f"{model._meta.label}.{field.name}"
            columns.add(name)
            if not (name in personal or name in not_personal or _is_plain(field)):
                findings.append(Finding(name, "is listed neither as personal nor as not personal in personal_data.py"))
            if name in personal and name in not_personal:
                findings.append(Finding(name, "is listed both as personal and as not personal"))
    findings += [Finding(name, "is listed but is no column") for name in (personal | set(not_personal)) - columns]
    findings += [
        Finding(name, "is not personal for no reason") for name, why in not_personal.items() if not why.strip()
    ]
    return report("personal data is listed", len(columns), "columns", findings)


def _is_plain(field: "models.Field[object, object]") -> bool:
    named = field.name in PLAIN_NAMES or field.name.endswith(tuple(PLAIN_ENDINGS))
    return named or isinstance(field, PLAIN_TYPES) or bool(field.choices)
