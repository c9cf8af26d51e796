"""Which column of a file means what, and how its values are written."""

import codecs
from collections.abc import Sequence
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from bywalec.cli.language import _
from bywalec.foundation.errors import InvalidInput

PRESETS = Path(__file__).parent / "presets"
REQUIRED = ("receipt_number", "occurred_at", "sku", "quantity", "unit_price")
OPTIONAL = (
    *("name", "category", "discount", "vat", "total", "currency", "business_date", "till", "order_number"),
    *("member_card", "member_phone", "original_receipt_number"),
)
FIELDS = (*REQUIRED, *OPTIONAL)


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file is read.

    Args:
        columns: column of the file by field; fields that a file lacks are left out.
        not_read: columns the file has and that are left aside on purpose.
        amounts: "major" for 12.50, "minor" for 1250.
        decimal_comma: numbers are written 12,50.
        date_format: as of `strptime`; None for ISO 8601.
        timezone: of times without one; None for the organization's.
        strip_suffix: endings that are cut off a field's values.
        return_prefix: receipt numbers that begin so are returns.
        stock_corrections: rows at price 0 that take goods away or have no name are no sales and are rejected as such.
        name_from_sku: a product without a name is called by its code.
        delimiter: of a CSV file; None to find out.
        encoding: of a CSV or NDJSON file.
        country: of an organization that is created for the import.
        language: of an organization that is created for the import.
    """

    columns: dict[str, str] = {}
    not_read: tuple[str, ...] = ()
    amounts: Literal["major", "minor"] = "major"
    decimal_comma: bool = False
    date_format: str | None = None
    timezone: str | None = None
    strip_suffix: dict[str, str] = {}
    return_prefix: str = ""
    stock_corrections: bool = False
    name_from_sku: bool = False
    delimiter: str | None = None
    encoding: str = "utf-8-sig"
    country: str = "PL"
    language: str = "pl"


def presets() -> list[str]:
    """Return the names of the mappings that come with the program."""
    return sorted(path.stem for path in PRESETS.glob("*.yaml"))


def load_mapping(*, preset: str | None, file: Path | None, pairs: Sequence[str]) -> Mapping:
    """Return the mapping a person asked for; without any, each field is read from the column of its own name.

    Args:
        preset: name of a mapping that comes with the program.
        file: a YAML file of the same form.
        pairs: single columns as ``sku=StockCode``; they hold over preset and file.

    Raises:
        InvalidInput: no such preset, a file of another form, an unknown field, a missing required one.
    """
    if preset is not None and preset not in presets():
        raise InvalidInput(
            _("There is no such preset."),
            code="import.unknown_preset",
            field="--preset",
            value=preset,
            remedy=_("Choose one of: {names}").format(names=", ".join(presets())),
        )
    path = PRESETS / f"{preset}.yaml" if preset is not None else file
    mapping = _read(path) if path is not None else Mapping(columns={} if pairs else {name: name for name in FIELDS})
    columns = {**mapping.columns, **dict(_pair(text) for text in pairs)}
    mapping = msgspec.structs.replace(mapping, columns=columns)
    for name in columns:
        _check(
            name in FIELDS, "import.unknown_field", name, _("The fields are: {names}").format(names=", ".join(FIELDS))
        )
    for name in REQUIRED:
        _check(
            name in columns, "import.unmapped_field", name, _("Name its column: --map {name}=COLUMN").format(name=name)
        )
    return mapping


def present_columns(mapping: Mapping, header: Sequence[str], *, optional_by_name: bool) -> dict[str, str]:
    """Return the mapped columns that a file has.

    Args:
        mapping: what is asked for.
        header: what the file has.
        optional_by_name: fields read from columns of their own name may be missing.

    Raises:
        InvalidInput: a mapped column is missing; the remedy lists those of the file.
    """
    found = {}
    for name, column in mapping.columns.items():
        if column in header:
            found[name] = column
        elif name in REQUIRED or not (optional_by_name and name == column):
            raise InvalidInput(
                _("The file has no column {column}.").format(column=column),
                code="import.missing_column",
                field=name,
                value=column,
                remedy=_("Its columns are: {names}").format(names=", ".join(header)),
            )
    return found


def _read(path: Path) -> Mapping:
    try:
        mapping = msgspec.yaml.decode(path.read_bytes(), type=Mapping)
        codecs.lookup(mapping.encoding)
        if mapping.timezone is not None:
            ZoneInfo(mapping.timezone)
    except (OSError, LookupError, ValueError) as error:  # of msgspec, codecs and zoneinfo alike
        raise InvalidInput(
            _("The column mapping cannot be read: {reason}").format(reason=error),
            code="import.bad_mapping",
            field="--columns",
            value=str(path),
            remedy=_("See docs or a preset for its form."),
        ) from error
    return mapping


def _pair(text: str) -> tuple[str, str]:
    name, separator, column = text.partition("=")
    _check(bool(separator and column), "import.bad_pair", text, _("Write it as sku=StockCode"))
    return name.strip(), column.strip()


def _check(good: bool, code: str, value: str, remedy: str) -> None:
    if not good:
        raise InvalidInput(
            _("The column mapping is not complete or not right."), code=code, field="--map", value=value, remedy=remedy
        )
