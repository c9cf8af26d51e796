"""Replaying the ledger: what is sound verifies, and each row that was tampered with is named."""

from collections.abc import Callable
from uuid import UUID

import pytest

from bywalec.foundation import clock
from bywalec.loyalty.actions.corrections import correct_points
from bywalec.loyalty.actions.holds import capture, release
from bywalec.loyalty.actions.programme import add_version
from bywalec.loyalty.actions.reversals import reverse
from bywalec.loyalty.actions.sweep import sweep
from bywalec.loyalty.models import Account, Allocation, Entry, Hold, HoldPart, Lot
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.queries.verify import verify
from bywalec.loyalty.rules.documents import PointsPerAmount
from tests.loyalty.conftest import Grocery, join, later
from tests.loyalty.tampering import remove, tamper


@pytest.fixture
def history(grocery: Grocery, ola: MemberInfo) -> Grocery:
    """A year in which everything that can happen to points happened, to two members."""
    kasia = join("600 700 801", name="Kasia")
    grocery.earn(kasia, 3)
    first = grocery.earn(ola, 20)
    grocery.earn(ola, 5)
    spent = grocery.spend(ola, 6).transaction
    add_version(code="base", document=PointsPerAmount(points=1, per=1000, pending_days=14), valid_from=clock.now())
    with later(days=1):
        grocery.earn(ola, 7)
        clawback = reverse(transaction=first, reason="zwrot").reversal()
        assert clawback.debt == 6
        reverse(transaction=clawback.transaction, reason="jednak nie")
        reverse(transaction=spent, reason="pomyłka")
        correct_points(member_id=ola.id, points=4, reason="przeprosiny")
        held = [grocery.spend(ola, points, hold=True).hold for points in (2, 3, 1)]
        assert held[0] is not None
        assert held[1] is not None
        capture(hold=held[0])
        release(hold=held[1])
    with later(days=20):
        grocery.spend(ola, 3)
    with later(days=399):
        sweep()
        grocery.earn(ola, 9)
        grocery.spend(ola, 1, hold=True)
    return grocery


@pytest.mark.req("L9", "L3")
def test_a_sound_ledger_verifies_and_says_how_much_it_looked_at(history: Grocery) -> None:
    report = verify(history.world.organization)
    assert report.problem is None
    assert report.counts == {
        "wallets": 2,
        "entries": Entry.objects.filter(sequence__isnull=False).count(),
        "lots": Lot.objects.count(),
        "holds": Hold.objects.count(),
        "allocations": Allocation.objects.count(),
        "transactions": Entry.objects.values("transaction").distinct().count(),
    }
    assert min(report.counts.values()) > 1


@pytest.mark.req("L9")
def test_a_sound_ledger_verifies_in_small_pieces_too(history: Grocery, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = verify(history.world.organization)
    monkeypatch.setattr("bywalec.loyalty.queries.verify.ENTRIES_AT_ONCE", 1)
    assert verify(history.world.organization) == whole


Pick = Callable[[], UUID]


def entry() -> UUID:
    return Entry.objects.filter(sequence__isnull=False, amount__gt=0).order_by("-id")[1].id


def last_entry() -> UUID:
    return Entry.objects.filter(sequence__isnull=False).order_by("-position")[0].id


def lot() -> UUID:
    return Lot.objects.filter(remaining__gt=1).order_by("id")[0].id


def account(kind: str) -> Pick:
    return lambda: Account.objects.filter(kind=kind, sequence__gt=0).order_by("id")[0].id


TAMPERINGS: list[tuple[str, str, str, Pick, str]] = [
    ("loyalty_entry", "amount", "amount + 1", entry, "transaction_sum"),
    ("loyalty_entry", "balance_after", "balance_after + 1", entry, "entry_chain"),
    ("loyalty_entry", "balance_before", "balance_before + 1", entry, "entry_chain"),
    ("loyalty_entry", "sequence", "sequence + 1000", entry, "entry_sequence"),
    ("loyalty_entry", "position", "position + 1000", last_entry, "entry_position"),
    ("loyalty_lot", "remaining", "remaining - 1", lot, "lot_remaining"),
    ("loyalty_lot", "amount", "amount + 1", lot, "lot_amount"),
    ("loyalty_lot", "held", "1 - held", lot, "lot_held"),
    ("loyalty_lot", "expired", "expired + 1", lot, "lot_expired"),
    ("loyalty_lot", "sequence", "sequence + 100", lot, "lot_sequence"),
    ("loyalty_account", "balance", "balance + 1", account("active"), "account_balance"),
    ("loyalty_account", "balance", "balance + 1", account("pending"), "account_balance"),
    ("loyalty_account", "balance", "balance + 1", account("held"), "account_balance"),
    ("loyalty_account", "balance", "balance - 1", account("debt"), "account_balance"),
    ("loyalty_account", "sequence", "sequence + 1", account("active"), "account_sequence"),
    ("loyalty_account", "position", "position + 1", account("active"), "account_position"),
    ("loyalty_account", "lots", "lots + 1", account("active"), "account_lots"),
    (
        "loyalty_allocation",
        "amount",
        "amount + 1",
        lambda: Allocation.objects.order_by("id")[0].id,
        "entry_allocations",
    ),
    ("loyalty_hold", "amount", "amount + 1", lambda: Hold.objects.order_by("id")[0].id, "hold_amount"),
    ("loyalty_hold", "state", "'live'", lambda: Hold.objects.filter(state="captured")[0].id, "hold_state"),
    ("loyalty_hold_part", "amount", "amount + 1", lambda: HoldPart.objects.order_by("id")[0].id, "hold_parts"),
]


@pytest.mark.req("L9")
@pytest.mark.parametrize(
    ("table", "column", "change", "pick", "check"),
    TAMPERINGS,
    ids=[f"{one[0]}.{one[1]}-{one[4]}" for one in TAMPERINGS],
)
def test_a_changed_row_is_named(history: Grocery, table: str, column: str, change: str, pick: Pick, check: str) -> None:
    assert verify(history.world.organization).problem is None
    row = pick()
    tamper(table, column, change, row)
    problem = verify(history.world.organization).problem
    assert problem is not None
    assert problem.check == check
    if check not in {"transaction_sum", "entry_allocations", "hold_parts"}:
        assert (problem.table, problem.id) == (table, row)


@pytest.mark.req("L9")
@pytest.mark.parametrize(
    ("table", "pick", "check"),
    [
        ("loyalty_allocation", lambda: Allocation.objects.order_by("-id")[0].id, "entry_allocations"),
        ("loyalty_hold_part", lambda: HoldPart.objects.order_by("id")[0].id, "hold_parts"),
    ],
)
def test_a_removed_row_is_missed(history: Grocery, table: str, pick: Pick, check: str) -> None:
    remove(table, pick())
    problem = verify(history.world.organization).problem
    assert problem is not None
    assert problem.check == check


@pytest.mark.req("L9")
def test_a_row_that_belongs_to_no_wallet_is_noticed(history: Grocery) -> None:
    stray = Entry.objects.filter(sequence=None).order_by("id")[0]
    Allocation.objects.create(organization_id=stray.organization_id, entry=stray, lot=Lot.objects.all()[0], amount=1)
    problem = verify(history.world.organization).problem
    assert problem is not None
    assert (problem.check, problem.table) == ("strays", "loyalty_allocation")
