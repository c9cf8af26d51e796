"""Purchases from receipt to answer: each counts once, explains itself in Polish, and is kept whatever it earns."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bywalec.foundation.administration import create_till
from bywalec.foundation.errors import BywalecError
from bywalec.foundation.models import AuditRecord, EventRow
from bywalec.loyalty.actions.claims import claim_purchase
from bywalec.loyalty.actions.programme import add_version
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.requests import Accept
from bywalec.loyalty.models import Earning, Entry, Lot, Transaction
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.rules.answers import Answer
from bywalec.loyalty.rules.documents import PointsPerAmount
from bywalec.store.queries import purchases
from bywalec.store.rules.purchase import LineDraft, MemberReference, PurchaseDraft
from tests.loyalty.conftest import NOON, Grocery, answered, by_id, join, later, line, refused
from tests.plugins.world import World

NBSP = "\u00a0"


def test_a_purchase_is_answered_with_points_balance_and_the_reason_in_polish(grocery: Grocery, ola: MemberInfo) -> None:
    answer = grocery.buy(ola, 8240)
    [points] = answer.points
    assert (points.unit, points.earned, points.pending, points.active_at, points.balance) == ("points", 8, 0, NOON, 8)
    why = f"8{NBSP}punktów za 82,40{NBSP}zł (1{NBSP}punkt za każde 10{NBSP}zł)"
    assert [(one.points, one.why) for one in answer.lines] == [(8, why)]
    assert [(one.effect, one.points, one.why) for one in answer.effects] == [("points", 8, why)]
    assert answer.refused == ()
    grocery.check()


@pytest.mark.req("L66")
def test_every_line_says_what_it_gave_and_why(grocery: Grocery, ola: MemberInfo) -> None:
    answer = grocery.buy(ola, [line(4500, category="Nabiał"), line(690), line(2500, category="Alkohol")])
    rate = f"(1{NBSP}punkt za każde 10{NBSP}zł)"
    assert [one.why for one in answer.lines] == [
        f"4{NBSP}punkty za 45,00{NBSP}zł z 51,90{NBSP}zł liczonych na paragonie {rate}",
        f"1{NBSP}punkt za 6,90{NBSP}zł z 51,90{NBSP}zł liczonych na paragonie {rate}",
        f"0{NBSP}punktów: kategoria „Alkohol” nie bierze udziału w programie",
    ]
    assert sum(one.points for one in answer.lines) == answer.points[0].earned == 5


def test_what_is_too_little_for_a_point_says_so(grocery: Grocery, ola: MemberInfo) -> None:
    answer = grocery.buy(ola, 999)
    assert (answer.points[0].earned, answer.points[0].balance, answer.effects) == (0, 0, ())
    assert [(one.rule, one.why) for one in answer.refused] == [
        ("base", f"9,99{NBSP}zł to za mało: 1{NBSP}punkt za każde 10{NBSP}zł.")
    ]
    grocery.check()


@pytest.mark.parametrize("how", ["id", "card", "phone"])
def test_a_member_is_found_by_card_phone_and_id(grocery: Grocery, ola: MemberInfo, how: str) -> None:
    assert ola.card is not None
    reference = {
        "id": by_id(ola),
        "card": MemberReference("card", f" {ola.card[:6]} {ola.card[6:]}"),
        "phone": MemberReference("phone", "600-700-800"),
    }[how]
    [outcome] = grocery.accept(grocery.draft(2000, member=reference))
    assert answered(outcome).purchase().points[0].earned == 2
    assert grocery.spendable(ola) == 2


@pytest.mark.req("L15", "L20")
def test_a_repeated_receipt_gets_the_stored_answer_and_another_content_is_refused_alone(
    grocery: Grocery, ola: MemberInfo
) -> None:
    receipt = grocery.draft(5000, member=by_id(ola), number="W/17")
    [first] = grocery.accept(receipt)
    changed = grocery.draft(9000, member=by_id(ola), number="W/17")
    other = grocery.draft(3000, member=by_id(ola))
    again, conflict, new = grocery.accept(receipt, changed, other)
    assert answered(again).replayed
    assert answered(again).body == answered(first).body
    assert (refused(conflict).status, refused(conflict).code) == (409, "store.content_conflict")
    assert refused(conflict).data["fields"] == ["total", "lines[0].unit_price"]
    assert not answered(new).replayed
    assert grocery.spendable(ola) == 8
    grocery.check()


@pytest.mark.req("L15")
def test_the_same_number_on_another_day_or_till_is_another_receipt(grocery: Grocery, ola: MemberInfo) -> None:
    second_till = create_till(shop=grocery.world.shop, code="2", name="Kasa 2")
    receipts = [
        grocery.draft(1000, member=by_id(ola), number="1"),
        grocery.draft(1000, member=by_id(ola), number="1", day=date(2026, 3, 1)),
        grocery.draft(1000, member=by_id(ola), number="1", till=second_till),
    ]
    assert [answered(outcome).replayed for outcome in grocery.accept(*receipts)] == [False, False, False]
    assert grocery.spendable(ola) == 3


@pytest.mark.req("L16")
def test_a_purchase_told_by_till_and_shop_counts_once(grocery: Grocery, ola: MemberInfo, world: World) -> None:
    web = create_till(shop=world.shop, code="web", name="Sklep internetowy")
    from_till = _ordered(grocery.draft(5000, member=by_id(ola)), "Z/1")
    from_web = _ordered(grocery.draft(5000, member=by_id(ola), till=web), "Z/1")
    [first], [second] = grocery.accept(from_till), grocery.accept(from_web)
    assert answered(second).replayed
    assert answered(second).body == answered(first).body
    assert grocery.spendable(ola) == 5


def test_a_receipt_twice_in_one_batch_is_credited_once(grocery: Grocery, ola: MemberInfo) -> None:
    receipt = grocery.draft(5000, member=by_id(ola))
    first, second = grocery.accept(receipt, receipt)
    assert (answered(first).replayed, answered(second).replayed) == (False, True)
    assert answered(first).body == answered(second).body
    assert grocery.spendable(ola) == 5


def test_a_receipt_sent_again_after_the_tills_window_still_gets_its_answer(grocery: Grocery, ola: MemberInfo) -> None:
    receipt = grocery.draft(5000, member=by_id(ola))
    grocery.accept(receipt)
    new = grocery.draft(5000, member=by_id(ola))
    with later(days=3):
        again, too_old = grocery.accept(receipt, new)
    assert answered(again).replayed
    assert refused(too_old).code == "store.too_old"


@pytest.mark.req("L24", "L25")
def test_weighed_goods_taken_back_goods_and_worthless_receipts_are_accepted_and_right(
    grocery: Grocery, ola: MemberInfo
) -> None:
    weighed = grocery.buy(ola, [line(3999, quantity="0.345"), line(1000, quantity="1")])
    assert [one.points for one in weighed.lines] == [1, 1]  # 13,80 zł + 10,00 zł
    exchange = grocery.buy(ola, [line(5000), line(2000, quantity="-1")])
    assert [one.points for one in exchange.lines] == [5, -2]
    nothing = grocery.buy(ola, [line(500, discount=500)])
    assert (nothing.points[0].earned, len(nothing.refused)) == (0, 1)
    assert grocery.spendable(ola) == 5
    grocery.check()


@pytest.mark.parametrize(
    "reference", [None, MemberReference("card", "2900000000015"), MemberReference("phone", "brak")]
)
def test_a_purchase_of_somebody_unknown_is_kept_and_says_so(
    grocery: Grocery, reference: MemberReference | None
) -> None:
    [outcome] = grocery.accept(grocery.draft(5000, member=reference))
    answer = answered(outcome).purchase()
    assert (answer.points, answer.effects, [one.points for one in answer.lines]) == ((), (), [0])
    [refusal] = answer.refused
    assert refusal.rule == "member"
    assert refusal.why.endswith("później.")
    assert answer.purchase is not None
    assert purchases.purchase(answer.purchase).total == 5000
    assert Entry.objects.count() == 0
    grocery.check()


@pytest.mark.req("L17")
def test_an_unclaimed_purchase_is_credited_once_to_whoever_knows_amount_and_date(
    grocery: Grocery, ola: MemberInfo
) -> None:
    [outcome] = grocery.accept(grocery.draft(5000, member=MemberReference("card", "2900000000015")))
    purchase = answered(outcome).purchase().purchase
    assert purchase is not None
    day = date(2026, 3, 2)

    def claim(total: int = 5000) -> Answer:
        return claim_purchase(member_id=ola.id, purchase_id=purchase, total=total, business_date=day)

    assert _refusal(lambda: claim(5001)) == "store.purchase_not_found"
    with later(days=15):
        late = _refusal(claim)
    assert late == "loyalty.claim_too_late"
    answer = claim().purchase()
    assert (answer.points[0].earned, grocery.spendable(ola)) == (5, 5)
    twice = _refusal(claim)
    assert twice == "loyalty.purchase_already_claimed"
    grocery.check()


def test_one_bad_receipt_refuses_only_itself(grocery: Grocery, ola: MemberInfo) -> None:
    good, bad = grocery.draft(5000, member=by_id(ola)), grocery.draft(5000, member=by_id(ola))
    bad = _with_total(bad, 5001)
    first, second = grocery.accept(good, bad)
    assert answered(first).purchase().points[0].earned == 5
    assert (refused(second).status, refused(second).field) == (422, "total")


def test_a_dry_run_answers_as_the_real_one_would_and_writes_nothing(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.buy(ola, 3000)
    before = _row_counts()
    draft = grocery.draft([line(4500), line(2500, category="Alkohol")], member=by_id(ola))
    [tried] = accept_purchases([Accept(draft=draft)], dry_run=True)
    assert _row_counts() == before
    answer = answered(tried).purchase()
    assert (answer.purchase, answer.effects[0].transaction) == (None, None)
    [real] = grocery.accept(draft)
    done = answered(real).purchase()
    assert (answer.points, answer.lines, answer.refused) == (done.points, done.lines, done.refused)
    [again] = accept_purchases([Accept(draft=draft)], dry_run=True)
    assert answered(again).body == answered(real).body
    [conflict] = accept_purchases([Accept(draft=_with_total(draft, 4500, line(4500)))], dry_run=True)
    assert refused(conflict).status == 409


def test_facts_and_audit_carry_ids_only(grocery: Grocery, ola: MemberInfo) -> None:
    answer = grocery.buy(ola, 5000)
    kinds = {row.kind: row.payload for row in EventRow.objects.filter(kind__startswith="loyalty.p")}
    assert set(kinds) == {"loyalty.purchase_earned", "loyalty.points_earned"}
    assert kinds["loyalty.points_earned"]["points"] == 5
    assert AuditRecord.objects.get(action="loyalty.accept_purchase").subject == answer.purchase


@pytest.mark.req("L19", "L49")
def test_an_award_cites_the_version_in_force_when_the_purchase_was_made(grocery: Grocery, ola: MemberInfo) -> None:
    with later(hours=1):
        new = add_version(
            code="base", document=PointsPerAmount(points=2, per=1000), valid_from=NOON + timedelta(hours=2)
        )
    with later(hours=3):
        assert grocery.buy(ola, 5000, at=NOON).points[0].earned == 5
        answer = grocery.buy(ola, 5000, at=NOON + timedelta(hours=2))
    assert answer.points[0].earned == 10
    transaction = answer.effects[0].transaction
    assert transaction is not None
    assert Transaction.objects.get(id=transaction).rule_version_id == new


def test_a_member_without_accounts_yet_can_try_out_and_earn(grocery: Grocery) -> None:
    kasia = join("600 700 801", name="Kasia")
    draft = grocery.draft(2000, member=by_id(kasia))
    [tried] = accept_purchases([Accept(draft=draft)], dry_run=True)
    assert answered(tried).purchase().points[0].balance == 2


def _ordered(draft: PurchaseDraft, order_number: str) -> PurchaseDraft:
    return replace(draft, order_number=order_number)


def _with_total(draft: PurchaseDraft, total: int, *lines: LineDraft) -> PurchaseDraft:
    return replace(draft, total=total, lines=lines or draft.lines)


def _refusal(action: Callable[[], object]) -> str:
    with pytest.raises(BywalecError) as raised:
        action()
    return raised.value.problem_code


def _row_counts() -> list[int]:
    return [model.objects.count() for model in (Transaction, Entry, Lot, Earning, EventRow, AuditRecord)]
