"""Members as lists and pages show them: the person, the card, the points and how they came about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bywalec.console import states
from bywalec.console.showing.consents import ShownConsent, consents_of
from bywalec.console.showing.names import customer_name
from bywalec.console.showing.person import Earlier, earlier_of
from bywalec.console.states import State
from bywalec.customers.queries import people
from bywalec.customers.queries.people import CustomerInfo
from bywalec.loyalty.errors import BadCard, MemberNotFound
from bywalec.loyalty.queries import balances, members
from bywalec.loyalty.queries.balances import UnitBalance
from bywalec.loyalty.queries.history import HistoryLine, history
from bywalec.loyalty.queries.member_points import spendable_points
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.store.queries.purchases import purchases_of
from bywalec.store.rules.purchase import PurchaseRecord

FOUND_MAX: Final = 50
HISTORY_LENGTH: Final = 30
PURCHASES_SHOWN: Final = 5
CONVERSATIONS_SHOWN: Final = 5
CARD_DIGITS_MIN: Final = 6
REVERSIBLE: Final = frozenset({"earn", "redeem", "adjust"})


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member in a list; ``points`` is None where the programme counts in nothing."""

    member: MemberInfo
    name: str
    phone: str
    email: str
    state: State
    points: int | None


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A change of points with what it looks like; ``can_reverse`` before anybody asked who may."""

    line: HistoryLine
    icon: str
    tone: str
    can_reverse: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """All that the page of a member shows."""

    member: MemberInfo
    customer: CustomerInfo
    name: str
    state: State
    units: Sequence[UnitBalance]
    history: Sequence[HistoryRow]
    older: str
    purchases: Sequence[PurchaseRecord]
    consents: Sequence[ShownConsent]
    conversations: Sequence[Earlier]


def newest_members(*, limit: int, before: UUID | None) -> list[MemberRow]:
    """Return the members who joined last."""
    return _rows(members.recent(limit=limit, before=before))


def found_members(text: str) -> list[MemberRow]:
    """Return the members whom a text means: a card number, a piece of a phone number, the beginning of a name."""
    by_card = _by_card(text)
    found = people.search(text, limit=FOUND_MAX)
    known = members.members_by_customers([customer.id for customer in found])
    listed = [known[customer.id] for customer in found if customer.id in known]
    return _rows([*by_card, *(one for one in listed if one not in by_card)])


def member_page(member_id: UUID, *, before: str | None) -> MemberPage:
    """Return the page of a member.

    Raises:
        MemberNotFound: no such member here.
    """
    member = members.member(member_id)
    customer = people.customer(member.customer_id)
    lines = history(member_id, limit=HISTORY_LENGTH + 1, before=before)
    shown = lines[:HISTORY_LENGTH]
    return MemberPage(
        member=member,
        customer=customer,
        name=customer_name(customer),
        state=states.MEMBER.get(member.status, states.UNKNOWN),
        units=balances.balance(member_id),
        history=[_history_row(line) for line in shown],
        older=shown[-1].cursor if len(lines) > HISTORY_LENGTH else "",
        purchases=purchases_of(customer.id, limit=PURCHASES_SHOWN),
        consents=consents_of(customer.id),
        conversations=earlier_of(customer.id, limit=CONVERSATIONS_SHOWN),
    )


def _rows(found: Iterable[MemberInfo]) -> list[MemberRow]:
    listed = list(found)
    known = people.customers(one.customer_id for one in listed)
    points = spendable_points([one.id for one in listed])
    return [_row(one, known[one.customer_id], points.get(one.id)) for one in listed if one.customer_id in known]


def _row(member: MemberInfo, customer: CustomerInfo, points: int | None) -> MemberRow:
    return MemberRow(
        member=member,
        name=customer_name(customer),
        phone=customer.contact("phone") or "",
        email=customer.contact("email") or "",
        state=states.MEMBER.get(member.status, states.UNKNOWN),
        points=points,
    )


def _by_card(text: str) -> list[MemberInfo]:
    digits = "".join(text.split())
    if not digits.isdigit() or len(digits) < CARD_DIGITS_MIN:
        return []
    try:
        return [members.lookup(card=digits)]
    except (MemberNotFound, BadCard):
        return []


def _history_row(line: HistoryLine) -> HistoryRow:
    look = states.MOVEMENT.get(line.kind, states.UNKNOWN)
    return HistoryRow(line, look.icon, look.tone, line.kind in REVERSIBLE)
