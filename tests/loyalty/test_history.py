"""What a member is told: each change with its reason in Polish, balances over time, the programme's promise."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from bywalec.foundation.errors import InvalidInput
from bywalec.foundation.ids import new_id
from bywalec.loyalty.actions.corrections import correct_points
from bywalec.loyalty.actions.holds import capture, release
from bywalec.loyalty.actions.programme import add_version
from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import RedeemRequest
from bywalec.loyalty.actions.reversals import reverse
from bywalec.loyalty.actions.sweep import sweep
from bywalec.loyalty.errors import MemberNotFound
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.queries.explanations import points_of
from bywalec.loyalty.queries.history import history
from bywalec.loyalty.queries.member_points import spendable_points
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.queries.programme import programme
from bywalec.loyalty.rules.documents import PointsPerAmount
from tests.loyalty.conftest import NOON, Grocery, answered, join, later, line, refused

NBSP = "\u00a0"


def told(member: MemberInfo) -> list[tuple[str, int, int, str]]:
    return [(one.kind, one.points, one.balance_after, one.why.replace(NBSP, " ")) for one in history(member.id)]


@pytest.mark.req("L66", "L64")
def test_every_change_is_told_in_one_polish_sentence(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.buy(ola, 123_456)
    redeem([RedeemRequest(member=ola.id, reward=grocery.reward("coffee"))])
    hold = grocery.spend(ola, 22, hold=True).hold
    assert hold is not None
    capture(hold=hold)
    freed = grocery.spend(ola, 1, hold=True).hold
    assert freed is not None
    release(hold=freed)
    undone = grocery.spend(ola, 2)
    reverse(transaction=undone.transaction, reason="pomyłka")
    correct_points(member_id=ola.id, points=1, reason="przeprosiny za kolejkę")
    assert told(ola) == [
        ("adjust", 1, 97, "Przyznano 1 punkt: przeprosiny za kolejkę"),
        ("reverse", 2, 96, "Oddano 2 punkty za wycofaną wymianę (pomyłka)"),
        ("redeem", -2, 94, "Wydano 2 punkty"),
        ("release", 1, 96, "Zwolniono 1 punkt"),
        ("hold", -1, 95, "Zarezerwowano 1 punkt"),
        ("capture", 0, 96, "Wydano 22 punkty"),
        ("hold", -22, 96, "Zarezerwowano 22 punkty"),
        ("redeem", -5, 118, "Wydano 5 punktów: Kawa"),
        ("earn", 123, 123, "123 punkty za 1 234,56 zł (1 punkt za każde 10 zł)"),
    ]
    with override("en"):
        assert told(ola)[-1][3] == "123 points for PLN 1,234.56 (1 point for every PLN 10)"


def test_pending_points_and_their_end_are_told(grocery: Grocery, ola: MemberInfo) -> None:
    document = PointsPerAmount(points=1, per=1000, pending_days=14, validity_months=1)
    add_version(code="base", document=document, valid_from=NOON)
    answer = grocery.buy(ola, 8000)
    [points] = answer.points
    assert (points.earned, points.pending, points.balance) == (0, 8, 0)
    assert points.active_at is not None
    assert points.active_at.isoformat() == "2026-03-15T23:00:00+00:00"
    with later(days=20):
        assert grocery.balance(ola).pending == 0
        assert grocery.spendable(ola) == 8
        sweep()
    with later(days=60):
        sweep()
        assert told(ola) == [
            ("expire", -8, 0, "Koniec ważności: 8 punktów"),
            ("activate", 0, 8, "Od teraz do wydania: 8 punktów"),
            ("earn", 8, 0, "8 punktów za 80,00 zł (1 punkt za każde 10 zł)"),
        ]
    grocery.check()


def test_history_goes_on_from_a_cursor(grocery: Grocery, ola: MemberInfo) -> None:
    for points in (1, 2, 3, 4):
        grocery.earn(ola, points)
    first = history(ola.id, limit=2)
    rest = history(ola.id, limit=2, before=first[-1].cursor)
    assert [line.points for line in first + rest] == [4, 3, 2, 1]
    assert [line.balance_after for line in first + rest] == [10, 6, 3, 1]
    assert history(ola.id, before=rest[-1].cursor) == []
    with pytest.raises(InvalidInput):
        history(ola.id, before="gestern")
    with pytest.raises(MemberNotFound):
        history(new_id())


@pytest.mark.req("L3")
def test_the_balance_names_what_lapses_next_and_what_it_is_worth(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 3)
    with later(days=31):
        grocery.earn(ola, 8)
        now = grocery.balance(ola)
    assert now.next_expiry is not None
    assert (now.next_expiry.points, now.next_expiry.on.isoformat()) == (3, "2027-03-02T23:00:00+00:00")
    assert now.worth is not None
    assert (now.worth.amount, now.worth.currency, now.name) == (110, "PLN", "punktów")
    end = now.next_expiry.on
    moments = [end - timedelta(microseconds=1), end, end + timedelta(days=31)]
    assert [grocery.spendable(ola, at) for at in moments] == [11, 8, 0]
    with pytest.raises(MemberNotFound):
        balance(new_id())


@pytest.mark.req("L3", "L38")
def test_balances_are_the_same_before_and_after_a_sweep_and_a_sweep_may_run_twice(
    grocery: Grocery, ola: MemberInfo
) -> None:
    grocery.earn(ola, 3)
    with later(days=200):
        grocery.earn(ola, 8)
    with later(days=370):
        before = grocery.balance(ola)
        assert before.spendable == 8
        assert (sweep(), sweep()) == (1, 0)
        assert grocery.balance(ola) == before
    grocery.check()


@pytest.mark.req("L38")
def test_points_that_expired_unswept_cannot_be_spent(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    with later(days=370):
        [outcome] = redeem([RedeemRequest(member=ola.id, points=1)])
        assert refused(outcome).data["spendable"] == 0


def test_the_programme_is_told_in_the_language_in_force(grocery: Grocery) -> None:
    told_in_polish = programme()
    assert told_in_polish.rule_sentence == f"1{NBSP}punkt za każde 10{NBSP}zł."
    assert told_in_polish.unit_names == ("punkt", "punkty", "punktów")
    with override("en"):
        assert programme().unit_names == ("point", "points", "points")


@pytest.mark.req("L66")
def test_a_purchase_keeps_its_explanation_line_by_line(grocery: Grocery, ola: MemberInfo) -> None:
    lines = [line(4500), line(2500, category="Alkohol")]
    answer = grocery.buy(ola, lines)
    [nobody] = grocery.accept(grocery.draft(5000))
    unknown = answered(nobody).purchase()
    assert answer.purchase is not None
    assert unknown.purchase is not None
    found = points_of([answer.purchase, unknown.purchase, new_id()])
    assert found[answer.purchase].lines == answer.lines
    assert (found[answer.purchase].points, found[answer.purchase].refused) == (4, ())
    assert found[unknown.purchase].refused == (unknown.refused[0].why,)
    assert len(found) == 2


def test_many_members_points_are_read_at_once(grocery: Grocery, ola: MemberInfo) -> None:
    kasia = join("600 700 801", name="Kasia")
    grocery.earn(ola, 8)
    assert spendable_points([ola.id, kasia.id, new_id()]) == {ola.id: 8, kasia.id: 0}
