"""Joining the programme, alone or many at a time."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from bywalec.foundation import audit, chance, clock, crypto, events, tenancy
from bywalec.foundation.audit import Done
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_new_rows, insert_rows
from bywalec.loyalty.errors import AlreadyMember, BadCard, CardTaken
from bywalec.loyalty.events import MemberEnrolled
from bywalec.loyalty.ledger.wallets import ACCOUNT_COLUMNS, account_rows
from bywalec.loyalty.models import Member
from bywalec.loyalty.queries.members import CARD_FIELD, MemberInfo, card_index, member_info
from bywalec.loyalty.queries.programme import require_setup
from bywalec.loyalty.rules.card import make_card, normalise_card

CARD_ATTEMPTS_MAX = 5
COLUMNS = (
    "id",
    "organization_id",
    "programme_id",
    "customer_id",
    "card_sealed",
    "card_index",
    "status",
    "source",
    "enrolled_at",
)


class NewMember(msgspec.Struct, frozen=True, kw_only=True):
    """A customer who joins; without a card of their own they get a new number."""

    customer_id: UUID
    card: str | None = None


def enrol(*, customer_id: UUID, card: str | None = None, source: str) -> MemberInfo:
    """Enrol a customer and give them a card number.

    Args:
        customer_id: who joins.
        card: a card they have already; a new number otherwise.
        source: how they came, a short code such as "till" or "chat".

    Raises:
        AlreadyMember: the customer is in the programme.
        CardTaken: the card belongs to another member.
        BadCard: no valid card number.
        NoProgramme: there is nothing to join.
    """
    return enrol_many([NewMember(customer_id=customer_id, card=card)], source=source)[0]


def enrol_many(batch: Sequence[NewMember], *, source: str) -> list[MemberInfo]:
    """Enrol customers in the order of the batch; one who cannot be enrolled refuses the batch.

    Raises:
        Conflict, InvalidInput: as for `enrol`; the field starts with the position, such as ``[3].card``.
    """
    setup, now, organization = require_setup(), clock.now(), tenancy.current()
    _refuse_members(batch)
    crypto.ensure_keys([one.customer_id for one in batch])
    ids = [new_id() for _ in batch]
    cards = _cards(batch)
    rows = [
        (
            member,
            organization,
            setup.id,
            one.customer_id,
            crypto.seal(subject=one.customer_id, field=CARD_FIELD, row=member, text=card),
            card_index(card),
            Member.Status.ACTIVE.value,
            source,
            now,
        )
        for member, one, card in zip(ids, batch, cards, strict=True)
    ]
    in_order = sorted(range(len(rows)), key=lambda place: card_index(cards[place]))
    written = insert_new_rows("loyalty_member", COLUMNS, [rows[place] for place in in_order])
    for place, member in enumerate(ids):
        if member not in written:
            raise CardTaken(field=f"{_path(batch, place)}card")
    units = [unit.id for unit in setup.units.values()]
    insert_rows("loyalty_account", ACCOUNT_COLUMNS, account_rows([(member, unit) for member in ids for unit in units]))
    joined = list(zip(ids, batch, strict=True))
    events.publish(
        [MemberEnrolled(member_id=member, customer_id=one.customer_id, source=source) for member, one in joined]
    )
    audit.record_many([Done("loyalty.enrol", "member", member, {"source": source}) for member in ids])
    by_id = {row.id: row for row in Member.objects.filter(id__in=ids)}
    return [member_info(by_id[member]) for member in ids]


def _refuse_members(batch: Sequence[NewMember]) -> None:
    customers = [one.customer_id for one in batch]
    present = set(Member.objects.filter(customer_id__in=customers).values_list("customer_id", flat=True))
    for place, customer in enumerate(customers):
        if customer in present:
            raise AlreadyMember(field=f"{_path(batch, place)}customer", value=str(customer))
        present.add(customer)


def _cards(batch: Sequence[NewMember]) -> list[str]:
    """Return a card number for each new member: the one they have, or a fresh one nobody has."""
    given = [None if one.card is None else normalise_card(one.card) for one in batch]
    for place, (one, number) in enumerate(zip(batch, given, strict=True)):
        if one.card is not None and number is None:
            raise BadCard(field=f"{_path(batch, place)}card", value=one.card)
    used = {number for number in given if number is not None}
    fresh = iter(_fresh_cards(given.count(None), used))
    return [next(fresh) if number is None else number for number in given]


def _fresh_cards(count: int, used: set[str]) -> list[str]:
    random_below = chance.random_source().randrange
    fresh: dict[str, None] = {}
    for _ in range(CARD_ATTEMPTS_MAX):
        while len(fresh) < count:
            card = make_card(random_below)
            if card not in used:
                fresh[card] = None
        indexes = {card_index(card): card for card in fresh}
        taken = Member.objects.filter(card_index__in=list(indexes)).values_list("card_index", flat=True)
        for index in taken:
            card = indexes[bytes(index or b"")]
            used.add(card)
            del fresh[card]
        if len(fresh) == count:
            return list(fresh)
    raise CardTaken(field="card")


def _path(batch: Sequence[NewMember], place: int) -> str:
    return f"[{place}]." if len(batch) > 1 else ""
