"""Whom receipts name: members found by card, phone or id, for a whole batch in at most four statements."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec

from bywalec.customers.queries import people
from bywalec.customers.rules.contact import normalise_phone
from bywalec.foundation.errors import InvalidInput
from bywalec.loyalty.models import Member
from bywalec.loyalty.queries.members import card_index
from bywalec.loyalty.rules.card import normalise_card
from bywalec.loyalty.rules.waterfall import Refused
from bywalec.store.rules.purchase import MemberReference


class Buyer(msgspec.Struct, frozen=True):
    """Who bought.

    Args:
        member: who earns; None when nobody does.
        customer: whose purchase it is, where that is known.
        refused: why nobody earns.
    """

    member: UUID | None = None
    customer: UUID | None = None
    refused: Refused | None = None


NOBODY = Buyer(refused="no_member")
UNKNOWN = Buyer(refused="unknown_member")


def normalised(reference: MemberReference | None) -> MemberReference | None:
    """Return a reference in the form in which it is kept and compared; one that cannot be read stays as it is."""
    if reference is None:
        return None
    try:
        match reference.kind:
            case "phone":
                return MemberReference("phone", normalise_phone(reference.value))
            case "card":
                return MemberReference("card", normalise_card(reference.value) or reference.value)
            case "id":
                return MemberReference("id", str(UUID(reference.value)))
    except (InvalidInput, ValueError):
        return reference


def find_buyers(references: Sequence[MemberReference | None]) -> list[Buyer]:
    """Return who is meant by each normalised reference."""
    wanted = [one for one in references if one is not None]
    found = {
        **_by_cards({one.value for one in wanted if one.kind == "card"}),
        **_by_phones({one.value for one in wanted if one.kind == "phone"}),
        **_by_ids({one.value for one in wanted if one.kind == "id"}),
    }
    return [NOBODY if one is None else found.get((one.kind, one.value), UNKNOWN) for one in references]


def buyers_of_customers(customers: Iterable[UUID]) -> dict[UUID, Buyer]:
    """Return who earns for known customers; one who is no member earns nothing."""
    wanted = set(customers)
    if not wanted:
        return {}
    rows = Member.objects.filter(customer_id__in=wanted).values_list("id", "customer_id", "status")
    found = {customer: _buyer(member, customer, status) for member, customer, status in rows}
    return {one: found.get(one, Buyer(customer=one, refused="unknown_member")) for one in wanted}


Found = dict[tuple[str, str], Buyer]


def _by_cards(numbers: set[str]) -> Found:
    if not numbers:
        return {}
    by_index = {card_index(number): number for number in numbers}
    rows = Member.objects.filter(card_index__in=list(by_index))
    return {
        ("card", by_index[bytes(index or b"")]): _buyer(member, customer, status)
        for index, member, customer, status in rows.values_list("card_index", "id", "customer_id", "status")
    }


def _by_phones(numbers: set[str]) -> Found:
    owners = people.resolve_contacts("phone", sorted(numbers)) if numbers else {}
    buyers = buyers_of_customers(owners.values())
    return {("phone", number): buyers[owner] for number, owner in owners.items()}


def _by_ids(texts: set[str]) -> Found:
    ids = [UUID(text) for text in texts if _is_id(text)]
    if not ids:
        return {}
    rows = Member.objects.filter(id__in=ids).values_list("id", "customer_id", "status")
    return {("id", str(member)): _buyer(member, customer, status) for member, customer, status in rows}


def _buyer(member: UUID, customer: UUID, status: str) -> Buyer:
    if status != Member.Status.ACTIVE:
        return Buyer(customer=customer, refused="member_not_active")
    return Buyer(member, customer)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
