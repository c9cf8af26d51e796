"""A return that comes before its sale is kept and shown as waiting."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bywalec.customers.actions.register import register_customer
from bywalec.foundation.errors import InvalidInput
from bywalec.foundation.ids import new_id
from bywalec.store.actions.returns import record_returns
from bywalec.store.errors import ReturnNotFound
from bywalec.store.models import PurchaseReturn, ReturnLine
from bywalec.store.queries.returns import purchase_return, waiting_count, waiting_returns
from bywalec.store.rules.purchase import LineDraft, MemberReference, line_total
from bywalec.store.rules.returned import (
    OriginalReceipt,
    RepeatedReturn,
    ReturnConflict,
    ReturnDraft,
    WaitingReturn,
    check_return,
)
from tests.plugins.world import World
from tests.store.conftest import NOON, line


@dataclass(frozen=True)
class Place:
    """Where slips are written, for tests that need no database."""

    shop: UUID
    till: UUID


def slip(world: World | Place, *lines: LineDraft, number: str = "Z1", **rest: Any) -> ReturnDraft:
    goods = lines or (line(quantity="2", unit_price=500),)
    return ReturnDraft(
        shop=world.shop,
        till=world.till,
        return_number=number,
        business_date=NOON.date(),
        occurred_at=rest.pop("occurred_at", NOON),
        currency=rest.pop("currency", "PLN"),
        total=rest.pop("total", sum(line_total(one) for one in goods)),
        lines=goods,
        **rest,
    )


def test_a_return_waits_and_is_shown_as_waiting(ours: World) -> None:
    original = OriginalReceipt(receipt_number="17", till=ours.till, business_date=NOON.date())
    draft = slip(ours, line(quantity="0.345", unit_price=2999), original=original)
    [outcome] = record_returns([draft])
    assert isinstance(outcome, WaitingReturn)
    found = purchase_return(outcome.return_id)
    assert (found.state, found.purchase, found.total, found.original_receipt_number) == ("waiting", None, 1035, "17")
    assert [(str(one.quantity), one.total) for one in found.lines] == [("0.345", 1035)]
    assert (waiting_returns(), waiting_count()) == ([found], 1)


def test_a_return_sent_again_is_kept_once_and_never_changed(ours: World) -> None:
    draft = slip(ours)
    [first] = record_returns([draft])
    assert isinstance(first, WaitingReturn)
    again, other, new = record_returns(
        [draft, msgspec.structs.replace(draft, occurred_at=NOON + timedelta(1)), slip(ours, number="Z2")]
    )
    assert again == RepeatedReturn(first.return_id)
    assert other == ReturnConflict(first.return_id)
    assert isinstance(new, WaitingReturn)
    assert (PurchaseReturn.objects.count(), ReturnLine.objects.count()) == (2, 2)


def test_whom_an_unknown_slip_names_is_sealed_and_a_known_one_is_linked(ours: World) -> None:
    anna = register_customer(name="Anna").id
    card = MemberReference("card", "2900000000017")
    record_returns(
        [slip(ours, number="1", member_reference=card), slip(ours, number="2", member_reference=card)],
        customers=[None, anna],
    )
    unknown, known = PurchaseReturn.objects.order_by("return_number")
    assert (unknown.customer_id, known.customer_id, known.member_index) == (None, anna, None)
    assert b"2900000000017" not in bytes(unknown.member_sealed or b"")
    assert len(bytes(unknown.member_sealed or b"")) > len(card.value)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"return_number": ""}, "return_number", "store.empty_text"),
        ({"original": OriginalReceipt(receipt_number="")}, "original.receipt_number", "store.empty_text"),
        ({"member_reference": MemberReference("card", "\x00")}, "member", "store.control_character"),
        ({"currency": "EUR"}, "currency", "store.wrong_currency"),
        ({"lines": ()}, "lines", "store.no_lines"),
        ({"total": 999}, "total", "store.total_mismatch"),
        ({"total": -1}, "total", "store.amount_too_large"),
        ({"occurred_at": NOON + timedelta(hours=25)}, "occurred_at", "store.in_future"),
        ({"occurred_at": NOON - timedelta(hours=25)}, "occurred_at", "store.too_old"),
    ],
)
def test_a_bad_slip_names_its_field(change: dict[str, Any], field: str, code: str) -> None:
    good = slip(Place(new_id(), new_id()))
    check_return(good, currency="PLN", now=NOON)
    with pytest.raises(InvalidInput) as caught:
        check_return(msgspec.structs.replace(good, **change), currency="PLN", now=NOON)
    assert (caught.value.field, caught.value.problem_code) == (field, code)


def test_goods_given_out_do_not_belong_on_a_slip() -> None:
    place = Place(new_id(), new_id())
    bad = slip(place, line("1", quantity="3", unit_price=500), line("2", quantity="-1", unit_price=500))
    with pytest.raises(InvalidInput) as caught:
        check_return(bad, currency="PLN", now=NOON)
    assert caught.value.field == "lines[1].quantity"
    check_return(slip(place, line("1", quantity="3", unit_price=500)), currency="PLN", now=NOON)


def test_a_batch_takes_as_many_statements_as_one_slip(ours: World) -> None:
    def statements(size: int, first: int) -> int:
        batch = [slip(ours, number=str(number)) for number in range(first, first + size)]
        with CaptureQueriesContext(connection) as captured:
            record_returns(batch)
            record_returns(batch)
        return len(captured)

    assert statements(1, 1) == statements(50, 100)


def test_waiting_returns_page_backwards_and_stay_in_their_tenant(world: World, other_world: World) -> None:
    with world.scope():
        record_returns([slip(world, number=str(number)) for number in range(5)])
        page = waiting_returns(limit=2)
        rest = waiting_returns(limit=10, before=page[-1].id)
        assert len({one.id for one in page + rest}) == len(page) + len(rest) == 5
    with other_world.scope():
        assert waiting_returns() == []
        with pytest.raises(ReturnNotFound):
            purchase_return(page[0].id)


def test_decimal_spelling_does_not_make_another_slip(ours: World) -> None:
    draft = slip(ours, line(quantity="2", unit_price=500))
    record_returns([draft])
    spelled = msgspec.structs.replace(draft, lines=(msgspec.structs.replace(draft.lines[0], quantity=Decimal("2.00")),))
    assert isinstance(record_returns([spelled])[0], RepeatedReturn)
