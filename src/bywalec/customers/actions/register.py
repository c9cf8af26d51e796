"""Registering people, many at a time, in a number of statements that does not grow with the batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bywalec.customers import errors
from bywalec.customers.queries.people import (
    BIRTHDAY_FIELD,
    NAME_FIELD,
    VALUE_FIELD,
    ContactPointInfo,
    CustomerInfo,
    contact_index,
)
from bywalec.customers.rules.contact import NewContactPoint, normalise
from bywalec.customers.rules.person import CONTACT_POINTS_MAX, Birthday, NewCustomer, checked_name, written_birthday
from bywalec.customers.rules.search import pieces
from bywalec.foundation import clock, crypto, tenancy
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_new_rows, insert_rows

CUSTOMER_COLUMNS = (
    "id",
    "organization_id",
    "name_sealed",
    "birthday_sealed",
    "language",
    "restricted",
    "created_at",
    "erased_at",
)
CONTACT_COLUMNS = (
    "id",
    "organization_id",
    "customer_id",
    "kind",
    "value_sealed",
    "value_index",
    "verified_at",
    "created_at",
)
TOKEN_COLUMNS = ("id", "organization_id", "customer_id", "token_index")


@dataclass(frozen=True, slots=True)
class _Point:
    """A contact point about to be written, with the path under which the caller sent it."""

    info: ContactPointInfo
    customer: UUID
    index: bytes
    field: str


def register_customer(
    *,
    name: str | None = None,
    contact_points: Sequence[NewContactPoint] = (),
    language: str = "pl",
    birthday: Birthday | None = None,
) -> CustomerInfo:
    """Register one person.

    Args:
        name: as the person wishes to be called, if known.
        contact_points: phone numbers (+48 assumed) and e-mail addresses, in any written form.
        language: "pl", "en" or "uk".
        birthday: day and month.

    Raises:
        InvalidInput: a name, number, address or birthday that cannot be.
        Conflict: `ContactTaken`: a contact point belongs to somebody else already.
    """
    person = NewCustomer(name=name, contact_points=contact_points, language=language, birthday=birthday)
    return _register([person], path="")[0]


def register_customers(batch: Sequence[NewCustomer]) -> list[CustomerInfo]:
    """Register people in the order of the batch; one that cannot be registered refuses the batch.

    Raises:
        InvalidInput: as for `register_customer`; the field starts with the position, such as ``[3].name``.
        Conflict: as for `register_customer`.
    """
    return _register(batch, path="[{}].")


def _register(batch: Sequence[NewCustomer], *, path: str) -> list[CustomerInfo]:
    now, organization = clock.now(), tenancy.current()
    people: list[CustomerInfo] = []
    points: list[_Point] = []
    for position, one in enumerate(batch):
        prefix = path.format(position)
        own = _points(one, new_id(), prefix, now)
        points += own
        people.append(_person(one, own, prefix, now))
    crypto.ensure_keys([person.id for person in people])
    with transaction.atomic():  # a refusal leaves nothing, also when the caller carries on
        insert_rows("customers_customer", CUSTOMER_COLUMNS, [_customer_row(organization, person) for person in people])
        _insert_points(organization, points, now)
        insert_rows("customers_search_token", TOKEN_COLUMNS, _token_rows(organization, people))
    return people


def _points(one: NewCustomer, customer: UUID, prefix: str, now: datetime) -> list[_Point]:
    if len(one.contact_points) > CONTACT_POINTS_MAX:
        raise errors.TooManyContactPoints(field=f"{prefix}contact_points", value=len(one.contact_points))
    points = []
    for position, given in enumerate(one.contact_points):
        field = f"{prefix}contact_points[{position}].value"
        value = normalise(given.kind, given.value, field=field)
        info = ContactPointInfo(new_id(), given.kind, value, now if given.verified else None)
        points.append(_Point(info, customer, contact_index(given.kind, value), field))
    return points


def _person(one: NewCustomer, points: Sequence[_Point], prefix: str, now: datetime) -> CustomerInfo:
    written_birthday(one.birthday, field=f"{prefix}birthday")
    return CustomerInfo(
        id=points[0].customer if points else new_id(),
        name=checked_name(one.name, field=f"{prefix}name"),
        language=one.language,
        contact_points=tuple(point.info for point in points),
        birthday=one.birthday,
        restricted=False,
        created_at=now,
        erased_at=None,
    )


def _insert_points(organization: UUID, points: Sequence[_Point], now: datetime) -> None:
    """Write contact points; whoever comes second for a number or address, even at the same moment, is refused."""
    rows = [
        (
            point.info.id,
            organization,
            point.customer,
            point.info.kind,
            crypto.seal(subject=point.customer, field=VALUE_FIELD, row=point.info.id, text=point.info.value),
            point.index,
            point.info.verified_at,
            now,
        )
        for point in sorted(points, key=lambda point: point.index)
    ]
    written = insert_new_rows("customers_contact_point", CONTACT_COLUMNS, rows)
    for point in points:
        if point.info.id not in written:
            raise errors.ContactTaken(field=point.field, value=point.info.value)


def _token_rows(organization: UUID, people: Sequence[CustomerInfo]) -> list[tuple[object, ...]]:
    """Return the rows of search tokens for people, each token once per person."""
    return [
        (new_id(), organization, person.id, crypto.blind_index(field, piece))
        for person in people
        for field, piece in sorted(
            pieces(person.name, [point.value for point in person.contact_points if point.kind == "phone"])
        )
    ]


def _customer_row(organization: UUID, person: CustomerInfo) -> tuple[object, ...]:
    birthday = written_birthday(person.birthday)
    return (
        person.id,
        organization,
        _sealed(person.id, NAME_FIELD, person.name),
        _sealed(person.id, BIRTHDAY_FIELD, birthday),
        person.language,
        False,
        person.created_at,
        None,
    )


def _sealed(customer: UUID, field: str, text: str | None) -> bytes | None:
    return None if text is None else crypto.seal(subject=customer, field=field, row=customer, text=text)
