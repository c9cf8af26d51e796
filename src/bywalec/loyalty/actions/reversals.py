"""Undoing a ledger transaction by another one that names it."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils.translation import override

from bywalec.foundation import audit, clock, events
from bywalec.foundation import queries as foundation_queries
from bywalec.foundation.actor import current_actor
from bywalec.foundation.audit import Done
from bywalec.foundation.errors import BywalecError
from bywalec.loyalty import ledger
from bywalec.loyalty.actions.idempotency import answer_of, answers_by_key, digest_of
from bywalec.loyalty.actions.requests import ReverseRequest, checked_reason
from bywalec.loyalty.events import TransactionReversed
from bywalec.loyalty.ledger import Posted, Posting, Undo
from bywalec.loyalty.queries.programme import Setup, require_setup
from bywalec.loyalty.queries.sentences import reversal_sentence
from bywalec.loyalty.rules.answers import Answer, Outcome, Refusal, ReversalAnswer, encode


def reverse_many(batch: Sequence[ReverseRequest]) -> list[Outcome]:
    """Reverse transactions; one outcome per request, in order.

    An undone credit takes its own lots back first, what is missing becomes debt; an undone debit gives the points back
    to the same lots, which keep their expiry. A reversal may itself be reversed, by naming it.

    Raises:
        NoProgramme: there is none.
        InProgress: another process has just reversed the same transaction; the unit of work is lost.
    """
    if not batch:
        return []
    setup = require_setup()
    with override(foundation_queries.organization().language):
        outcomes = answers_by_key(batch)
        todo: list[tuple[int, Posting]] = []
        for place, request in enumerate(batch):
            if outcomes[place] is None:
                try:
                    todo.append((place, _posting(request, setup)))
                except BywalecError as error:
                    outcomes[place] = Refusal(error)
        results = ledger.post([posting for _, posting in todo])
        done: list[tuple[ReverseRequest, Posted]] = []
        for (place, _), result in zip(todo, results, strict=True):
            outcomes[place] = answer_of(result)
            if isinstance(result, Posted) and not result.replayed:
                done.append((batch[place], result))
        _tell(done)
    return [outcome for outcome in outcomes if outcome is not None]


def reverse(
    *, transaction: UUID, reason: str, idempotency_key: str | None = None, body_hash: bytes | None = None
) -> Answer:
    """Reverse one transaction.

    Raises:
        TransactionNotFound: there is no such transaction.
        AlreadyReversed: it was reversed before.
        NotReversible: it has its own way back, or moved nothing.
        ReasonMissing: no reason was given.
    """
    request = ReverseRequest(
        transaction=transaction, reason=reason, idempotency_key=idempotency_key, body_hash=body_hash
    )
    [outcome] = reverse_many([request])
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


def _posting(request: ReverseRequest, setup: Setup) -> Posting:
    return Posting(
        order=Undo(transaction=request.transaction),
        occurred_at=clock.now(),
        actor=request.actor or current_actor(),
        reason=checked_reason(request.reason),
        idempotency_key=request.idempotency_key,
        body_hash=digest_of(request),
        answer=_answer(request, setup),
    )


def _answer(request: ReverseRequest, setup: Setup) -> Callable[[Posted], bytes]:
    def answer(posted: Posted) -> bytes:
        assert posted.member is not None, "only what moved somebody's points is reversed"
        assert posted.unit is not None, "points are of a unit"
        unit = setup.unit_by_id(posted.unit)
        return encode(
            ReversalAnswer(
                transaction=posted.transaction,
                reverses=request.transaction,
                member=posted.member,
                unit=unit.code,
                points=posted.points,
                balance=posted.spendable,
                debt=-posted.debt,
                why=reversal_sentence(posted.points, posted.source_kind, request.reason, unit.words()),
            )
        )

    return answer


def _tell(done: Sequence[tuple[ReverseRequest, Posted]]) -> None:
    events.publish(
        [
            TransactionReversed(
                member_id=posted.member, transaction_id=posted.transaction, reverses=request.transaction
            )
            for request, posted in done
            if posted.member is not None
        ]
    )
    audit.record_many(
        [
            Done("loyalty.reverse", "transaction", request.transaction, {"points": posted.points}, request.actor)
            for request, posted in done
        ]
    )
