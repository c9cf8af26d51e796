"""Who is in the programme."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.customers.queries import people
from bywalec.customers.rules.contact import normalise_phone
from bywalec.foundation import crypto
from bywalec.foundation.errors import InvalidInput
from bywalec.loyalty.errors import BadCard, MemberNotFound
from bywalec.loyalty.models import Member
from bywalec.loyalty.rules.card import normalise_card

CARD_FIELD = "loyalty.member.card"
LIMIT_MAX = 200


@dataclass(frozen=True, slots=True)
class MemberInfo:
    """A member. ``card`` is the full number, None where the member has none or was erased."""

    id: UUID
    customer_id: UUID
    programme_id: UUID
    card: str | None
    status: str
    enrolled_at: datetime
    source: str

    @property
    def is_active(self) -> bool:
        """Whether the member may earn and spend."""
        return self.status == Member.Status.ACTIVE


def member(member_id: UUID) -> MemberInfo:
    """Return a member.

    Raises:
        MemberNotFound: none of this id here.
    """
    found = members([member_id])
    if member_id not in found:
        raise MemberNotFound(field="member", value=str(member_id))
    return found[member_id]


def members(member_ids: Iterable[UUID]) -> dict[UUID, MemberInfo]:
    """Return members by id; those that do not exist are missing."""
    return {row.id: member_info(row) for row in Member.objects.filter(id__in=list(member_ids))}


def members_by_customer(customer_id: UUID) -> MemberInfo | None:
    """Return the membership of a customer, if there is one."""
    return members_by_customers([customer_id]).get(customer_id)


def members_by_customers(customer_ids: Iterable[UUID]) -> dict[UUID, MemberInfo]:
    """Return memberships by customer; customers without one are missing."""
    rows = Member.objects.filter(customer_id__in=list(customer_ids)).order_by("-enrolled_at")
    return {row.customer_id: member_info(row) for row in rows}


def lookup(*, card: str | None = None, phone: str | None = None) -> MemberInfo:
    """Return the member a card or phone number belongs to.

    Args:
        card: as printed, spaces and dashes allowed.
        phone: in any written form, +48 assumed.

    Raises:
        InvalidInput: no valid card or phone number, or not exactly one of them.
        MemberNotFound: nobody has it.
    """
    if card is not None and phone is None:
        number = normalise_card(card)
        if number is None:
            raise BadCard(field="card", value=card)
        rows = Member.objects.filter(card_index=card_index(number))
    elif phone is not None and card is None:
        owners = people.resolve_contacts("phone", [normalise_phone(phone)])
        rows = Member.objects.filter(customer_id__in=list(owners.values())).order_by("-enrolled_at")
    else:
        raise InvalidInput(code="loyalty.card_or_phone", field="card")
    row = rows.first()
    if row is None:
        raise MemberNotFound(field="card" if card is not None else "phone")
    return member_info(row)


def recent(limit: int = 50, before: UUID | None = None) -> list[MemberInfo]:
    """Return the members enrolled last, newest first.

    Args:
        limit: at most 200.
        before: only members enrolled before this one (cursor).
    """
    rows = Member.objects.order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [member_info(row) for row in rows[: min(limit, LIMIT_MAX)]]


def count() -> int:
    """Return how many members there are."""
    return Member.objects.count()


def members_by_cards(numbers: Sequence[str]) -> dict[str, MemberInfo]:
    """Return members by card number in its kept form; unknown cards are missing."""
    by_index = {card_index(number): number for number in numbers}
    rows = Member.objects.filter(card_index__in=list(by_index)) if by_index else []
    return {by_index[bytes(row.card_index)]: member_info(row) for row in rows if row.card_index is not None}


def card_index(number: str) -> bytes:
    """Return the blind index of a card number in its kept form."""
    return crypto.blind_index(CARD_FIELD, number)


def member_info(row: Member) -> MemberInfo:
    """Return a row as other areas get it, its card opened."""
    return MemberInfo(
        id=row.id,
        customer_id=row.customer_id,
        programme_id=row.programme_id,
        card=_card(row),
        status=row.status,
        enrolled_at=row.enrolled_at,
        source=row.source,
    )


def _card(row: Member) -> str | None:
    if row.card_sealed is None:
        return None
    try:
        return crypto.unseal(subject=row.customer_id, field=CARD_FIELD, row=row.id, blob=row.card_sealed)
    except crypto.Erased:
        return None
