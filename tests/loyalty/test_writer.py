"""The group-commit writer: requests share transactions, each is answered alone, and only after its COMMIT."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, wait
from uuid import UUID

import pytest
from django.db import connection
from django.test import override_settings

from bywalec.foundation import tenancy
from bywalec.foundation.actor import Actor
from bywalec.foundation.ids import new_id
from bywalec.foundation.models import AuditRecord
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.requests import Accept, RedeemRequest, ReverseRequest, SettleHold
from bywalec.loyalty.errors import InProgress, InsufficientPoints, TransactionNotFound, WriterFull
from bywalec.loyalty.models import Transaction
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.rules.answers import Answer
from bywalec.loyalty.writer import Writer
from bywalec.store.errors import PurchaseContentConflict
from tests.loyalty.conftest import Grocery, by_id, join, open_grocery
from tests.plugins.world import World, make_world

TILL = Actor("key", new_id(), "Kasa 1")
WAIT_SECONDS = 60


@pytest.fixture
def shop(transactional_db: None) -> World:
    return make_world("marek")


@pytest.fixture
def grocery(shop: World) -> Grocery:
    with shop.scope():
        return open_grocery(shop)


@pytest.fixture
def ola(grocery: Grocery) -> MemberInfo:
    with grocery.world.scope():
        return join()


@pytest.fixture
def writer() -> Iterator[Writer]:
    one = Writer()
    yield one
    one.stop()


def accept(grocery: Grocery, member: MemberInfo, points: int = 1, number: str | None = None) -> Accept:
    return Accept(draft=grocery.draft(points * 1000, member=by_id(member), number=number))


def spendable(grocery: Grocery, member: MemberInfo) -> int:
    with grocery.world.reading():
        return balance(member.id)[0].spendable


def test_what_queued_up_is_written_together_and_answered_one_by_one(
    grocery: Grocery, ola: MemberInfo, writer: Writer
) -> None:
    organization = grocery.world.organization
    bad = accept(grocery, ola, number="7")
    requests = [accept(grocery, ola, number=str(number)) for number in range(64)]
    futures = [writer.submit(organization, one, actor=TILL) for one in requests[:63]]
    conflict = writer.submit(organization, Accept(draft=grocery.draft(9000, number="7")), actor=TILL)
    repeated = writer.submit(organization, bad, actor=TILL)
    writer.start()
    answers = [future.result(WAIT_SECONDS) for future in futures]
    assert [one.purchase().points[0].balance for one in answers] == list(range(1, 64))
    assert isinstance(conflict.exception(WAIT_SECONDS), PurchaseContentConflict)
    assert repeated.result(WAIT_SECONDS).body == answers[7].body
    assert spendable(grocery, ola) == 63
    with grocery.world.scope():
        recorded = set(Transaction.objects.values_list("recorded_at", flat=True))
        assert len(recorded) <= 3  # one or two batches, not sixty-three
        audit = AuditRecord.objects.filter(action="loyalty.accept_purchase")
        assert set(audit.values_list("actor", "actor_label")) == {(TILL.id, "Kasa 1")}


def test_all_kinds_of_requests_go_through_in_order(grocery: Grocery, ola: MemberInfo, writer: Writer) -> None:
    writer.start()
    organization = grocery.world.organization

    def ask(request: Accept | RedeemRequest | SettleHold | ReverseRequest) -> Answer:
        return writer.submit(organization, request, actor=TILL).result(WAIT_SECONDS)

    earned = ask(accept(grocery, ola, 9)).purchase().effects[0].transaction
    assert earned is not None
    held = ask(RedeemRequest(member=ola.id, points=4, hold=True)).redemption().hold
    assert held is not None
    assert ask(SettleHold(hold=held, verb="release")).redemption().balance == 9
    assert ask(RedeemRequest(member=ola.id, points=2)).redemption().balance == 7
    assert ask(ReverseRequest(transaction=earned, reason="zwrot")).reversal().balance == -2
    too_many = writer.submit(organization, RedeemRequest(member=ola.id, points=4), actor=TILL)
    assert isinstance(too_many.exception(WAIT_SECONDS), InsufficientPoints)
    unknown = writer.submit(organization, ReverseRequest(transaction=new_id(), reason="x"), actor=TILL)
    assert isinstance(unknown.exception(WAIT_SECONDS), TransactionNotFound)


def test_an_answer_is_given_only_when_everybody_can_see_it(grocery: Grocery, ola: MemberInfo, writer: Writer) -> None:
    seen: list[int] = []
    done = threading.Event()

    def look(_future: "Future[Answer]") -> None:
        seen.append(spendable(grocery, ola))
        connection.close()
        done.set()

    future = writer.submit(grocery.world.organization, accept(grocery, ola), actor=TILL)
    future.add_done_callback(look)
    writer.start()
    assert done.wait(WAIT_SECONDS)
    assert seen == [1]


def test_a_full_queue_refuses_and_says_when_to_come_back(grocery: Grocery, ola: MemberInfo, writer: Writer) -> None:
    with override_settings(BYWALEC_WRITER_QUEUE_MAX=2):
        taken = [writer.submit(grocery.world.organization, accept(grocery, ola), actor=TILL) for _ in range(2)]
        with pytest.raises(WriterFull) as full:
            writer.submit(grocery.world.organization, accept(grocery, ola), actor=TILL)
    assert (full.value.status, full.value.data["retry_after"]) == (503, 1)
    writer.start()
    assert wait(taken, WAIT_SECONDS).not_done == set()
    assert spendable(grocery, ola) == 2


def test_stopping_finishes_what_was_taken_and_takes_nothing_more(
    grocery: Grocery, ola: MemberInfo, writer: Writer
) -> None:
    futures = [writer.submit(grocery.world.organization, accept(grocery, ola), actor=TILL) for _ in range(100)]
    writer.start()
    writer.stop()
    assert all(future.done() for future in futures)
    assert spendable(grocery, ola) == 100
    with pytest.raises(WriterFull):
        writer.submit(grocery.world.organization, accept(grocery, ola), actor=TILL)


def test_each_organization_has_its_own_batches(grocery: Grocery, ola: MemberInfo, writer: Writer) -> None:
    other = make_world("zofia")
    with other.scope():
        theirs, kasia = open_grocery(other), join()
    futures = [
        writer.submit(shop.world.organization, accept(shop, member), actor=TILL)
        for _ in range(5)
        for shop, member in ((grocery, ola), (theirs, kasia))
    ]
    writer.start()
    assert [future.result(WAIT_SECONDS).purchase().points[0].balance for future in futures] == [
        1, 1, 2, 2, 3, 3, 4, 4, 5, 5
    ]  # fmt: skip


def test_a_batch_that_fails_is_written_one_by_one_and_only_the_culprit_fails(
    grocery: Grocery, ola: MemberInfo, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    culprit = accept(grocery, ola, number="13")
    _let_fail(monkeypatch, culprit.draft.receipt_number, RuntimeError("disk on fire"), times=10)
    numbers = [str(number) for number in range(20)]
    futures = [
        writer.submit(grocery.world.organization, accept(grocery, ola, number=number), actor=TILL) for number in numbers
    ]
    writer.start()
    failures = {number: future.exception(WAIT_SECONDS) for number, future in zip(numbers, futures, strict=True)}
    assert [number for number, failure in failures.items() if failure is not None] == ["13"]
    assert isinstance(failures["13"], RuntimeError)
    assert spendable(grocery, ola) == 19


def test_a_request_that_meets_itself_in_another_process_is_tried_again(
    grocery: Grocery, ola: MemberInfo, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _let_fail(monkeypatch, "13", InProgress(), times=1)
    future = writer.submit(grocery.world.organization, accept(grocery, ola, number="13"), actor=TILL)
    writer.start()
    assert future.result(WAIT_SECONDS).purchase().points[0].balance == 1


def _let_fail(monkeypatch: pytest.MonkeyPatch, number: str, error: Exception, *, times: int) -> None:
    """Let the transaction of one receipt fail, as a full disk or a deadlock would."""
    left = [times]

    def failing(batch: list[Accept]) -> object:
        outcomes = accept_purchases(batch)
        if left[0] and any(one.draft.receipt_number == number for one in batch):
            left[0] -= 1
            raise error
        return outcomes

    monkeypatch.setattr("bywalec.loyalty.writer.accept_purchases", failing)


def test_organization_is_required_to_exist(writer: Writer, shop: World) -> None:
    writer.start()
    nowhere = UUID(int=1)
    future = writer.submit(nowhere, ReverseRequest(transaction=new_id(), reason="x"), actor=TILL)
    assert future.exception(WAIT_SECONDS) is not None
    with tenancy.reading(shop.organization):
        assert Transaction.objects.count() == 0
