"""Reading people. What comes out is opened; a person whose key was destroyed comes out without name and contacts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from bywalec.customers.errors import CustomerNotFound
from bywalec.customers.models import Consent, ContactPoint, Customer, SearchToken
from bywalec.customers.rules.consents import ConsentInfo, current_state
from bywalec.customers.rules.contact import normalise
from bywalec.customers.rules.person import Birthday, read_birthday
from bywalec.customers.rules.search import asked_pieces
from bywalec.foundation import crypto
from bywalec.foundation.errors import InvalidInput
from bywalec.foundation.text import fold

SEARCH_LIMIT_MAX = 200
NAME_FIELD = "customers.customer.name"
BIRTHDAY_FIELD = "customers.customer.birthday"
VALUE_FIELD = "customers.contact_point.value"


@dataclass(frozen=True, slots=True)
class ContactPointInfo:
    """A phone number (E.164) or e-mail address; ``verified_at`` is when its owner last proved it."""

    id: UUID
    kind: str
    value: str
    verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class CustomerInfo:
    """A person. ``name`` is None when unknown or erased; ``restricted`` data is kept and not worked with."""

    id: UUID
    name: str | None
    language: str
    contact_points: tuple[ContactPointInfo, ...]
    birthday: Birthday | None
    restricted: bool
    created_at: datetime
    erased_at: datetime | None

    def contact(self, kind: str) -> str | None:
        """Return the first contact point of a kind, if there is one."""
        return next((point.value for point in self.contact_points if point.kind == kind), None)


def customer(customer_id: UUID) -> CustomerInfo:
    """Return a person.

    Raises:
        NotFound: there is none of this id in the organization.
    """
    found = customers([customer_id])
    if customer_id not in found:
        raise CustomerNotFound(field="customer", value=str(customer_id))
    return found[customer_id]


def customers(customer_ids: Iterable[UUID]) -> dict[UUID, CustomerInfo]:
    """Return people by id, in two statements; ids that do not exist are missing."""
    wanted = list(dict.fromkeys(customer_ids))
    if not wanted:
        return {}
    points: dict[UUID, list[ContactPointInfo]] = {one: [] for one in wanted}
    for point in ContactPoint.objects.filter(customer_id__in=wanted).order_by("id"):
        value = _opened(point.customer_id, VALUE_FIELD, point.id, point.value_sealed)
        if value is not None:
            info = ContactPointInfo(point.id, point.kind, value, point.verified_at)
            points[point.customer_id].append(info)
    return {row.id: _info(row, points[row.id]) for row in Customer.objects.filter(id__in=wanted)}


def find_by_contact(kind: str, value: str) -> CustomerInfo | None:
    """Return the person a phone number or e-mail address belongs to.

    Raises:
        InvalidInput: the value is none of its kind.
    """
    found = resolve_contacts(kind, [normalise(kind, value)])
    return customer(next(iter(found.values()))) if found else None


def resolve_contacts(kind: str, values: Sequence[str]) -> dict[str, UUID]:
    """Return the customer of each contact point, in one statement; unknown ones are missing.

    Args:
        kind: "phone" or "email".
        values: already normalised (E.164; lower-case address).
    """
    by_index = {contact_index(kind, value): value for value in values}
    if not by_index:
        return {}
    rows = ContactPoint.objects.filter(kind=kind, value_index__in=list(by_index))
    return {by_index[bytes(index)]: owner for index, owner in rows.values_list("value_index", "customer_id")}


def search(text: str, limit: int = 20) -> list[CustomerInfo]:
    """Return people by what was typed: beginnings of names in any order, pieces of a phone number, a whole e-mail.

    Args:
        text: with or without diacritics; fewer than two letters or three digits find nobody.
        limit: at most 200; the people are sorted by name.
    """
    if "@" in text:
        try:
            found = find_by_contact("email", text)
        except InvalidInput:
            return []
        return [found] if found else []
    tokens = [crypto.blind_index(field, piece) for field, piece in asked_pieces(text)]
    if not tokens:
        return []
    rows = SearchToken.objects.filter(token_index__in=tokens).values("customer_id")
    matching = rows.annotate(matched=Count("token_index", distinct=True)).filter(matched=len(tokens))
    newest = matching.order_by("-customer_id").values_list("customer_id", flat=True)[: min(limit, SEARCH_LIMIT_MAX)]
    return sorted(customers(newest).values(), key=lambda one: (fold(one.name or "\uffff"), one.id))


def recent(limit: int = 50, before: UUID | None = None) -> list[CustomerInfo]:
    """Return the people last registered, newest first.

    Args:
        limit: at most 200.
        before: only people registered before this one (cursor).
    """
    rows = Customer.objects.filter(erased_at=None).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    ids = list(rows.values_list("id", flat=True)[: min(limit, SEARCH_LIMIT_MAX)])
    found = customers(ids)
    return [found[one] for one in ids]


def consents(customer_id: UUID) -> list[ConsentInfo]:
    """Return what a person agrees to now: the newest decision for each purpose and channel."""
    return current_state(consent_history(customer_id))


def consent_history(customer_id: UUID) -> list[ConsentInfo]:
    """Return every decision of a person in the order in which they were made."""
    rows = Consent.objects.filter(customer_id=customer_id).order_by("id")
    return [ConsentInfo(row.purpose, row.channel, row.granted, row.at, row.text_version, row.source) for row in rows]


def has_consent(customer_id: UUID, *, purpose: str, channel: str) -> bool:
    """Say whether a person agrees to a purpose on a channel now; without a decision the answer is no."""
    return any(one.granted for one in consents(customer_id) if (one.purpose, one.channel) == (purpose, channel))


def contact_index(kind: str, normalised: str) -> bytes:
    """Return the blind index of a contact point in its kept form."""
    return crypto.blind_index(f"customers.{kind}", normalised)


def _info(row: Customer, points: Sequence[ContactPointInfo]) -> CustomerInfo:
    birthday = _opened(row.id, BIRTHDAY_FIELD, row.id, row.birthday_sealed)
    return CustomerInfo(
        id=row.id,
        name=_opened(row.id, NAME_FIELD, row.id, row.name_sealed),
        language=row.language,
        contact_points=tuple(points),
        birthday=read_birthday(birthday) if birthday else None,
        restricted=row.restricted,
        created_at=row.created_at,
        erased_at=row.erased_at,
    )


def _opened(subject: UUID, field: str, row: UUID, blob: bytes | memoryview | None) -> str | None:
    if blob is None:
        return None
    try:
        return crypto.unseal(subject=subject, field=field, row=row, blob=blob)
    except crypto.Erased:
        return None
