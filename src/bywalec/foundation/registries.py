"""What the areas declare: the personal data they hold and the outside processors they use. Privacy reads both."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Erasure = Literal["shred", "clear", "anonymise", "keep"]


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One column that names or describes a person.

    Args:
        subject: whose it is.
        export: its title in a copy of the person's data; None for technical values such as blind indexes.
        erase: what erasure does: ``shred`` (the person's key is destroyed), ``clear`` (set empty), ``anonymise``
            (replaced), ``keep`` (a duty to keep it stands against it; pseudonymous).
    """

    subject: Literal["customer", "staff"]
    export: str | None
    erase: Erasure


@dataclass(frozen=True, slots=True)
class Processor:
    """An outside firm that may process personal data for the shop (Art. 28)."""

    name: str
    purpose: str
    country: str
    approved: bool = False


_personal: dict[str, PersonalField] = {}
_not_personal: dict[str, str] = {}
_processors: dict[str, Processor] = {}


def personal_data(
    area: str, fields: Mapping[str, PersonalField], *, not_personal: Mapping[str, str] | None = None
) -> None:
    """Declare columns as ``app.Model.column``.

    Args:
        area: the declaring area; every column must be its own.
        fields: the personal columns.
        not_personal: free-text columns that hold nothing about a person, each with the reason.

    Raises:
        ValueError: a column of another area.
    """
    for name in [*fields, *(not_personal or {})]:
        if name.split(".", 1)[0] != area:
            raise ValueError(f"{name} is not a column of {area}")
    _personal.update(fields)
    _not_personal.update(not_personal or {})


def personal_fields() -> Mapping[str, PersonalField]:
    """Return every declared personal column."""
    return dict(_personal)


def columns_declared_not_personal() -> Mapping[str, str]:
    """Return the columns declared to hold nothing about a person, with the reason."""
    return dict(_not_personal)


def processor(key: str, entry: Processor) -> None:
    """Declare an outside processor."""
    _processors[key] = entry


def processors() -> Mapping[str, Processor]:
    """Return every declared outside processor."""
    return dict(_processors)
