"""Ending holds: the points are spent (capture) or free again (release)."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils.translation import override

from bywalec.foundation import audit, clock, events
from bywalec.foundation import queries as foundation_queries
from bywalec.foundation.actor import current_actor
from bywalec.foundation.audit import Done
from bywalec.foundation.events import Fact
from bywalec.loyalty import ledger
from bywalec.loyalty.actions.idempotency import answer_of, answers_by_key, digest_of
from bywalec.loyalty.actions.requests import SettleHold
from bywalec.loyalty.events import HoldReleased, PointsRedeemed
from bywalec.loyalty.ledger import EndHold, Posted, Posting
from bywalec.loyalty.models import Hold, Redemption
from bywalec.loyalty.queries.programme import Setup, require_setup
from bywalec.loyalty.queries.sentences import redemption_sentence
from bywalec.loyalty.rules.answers import Answer, Outcome, RedemptionAnswer, Refusal, encode


def settle_holds(batch: Sequence[SettleHold]) -> list[Outcome]:
    """Capture or release holds; one outcome per request, in order.

    Raises:
        NoProgramme: there is none.
        InProgress: another process has just used one of the idempotency keys; the unit of work is lost.
    """
    if not batch:
        return []
    setup = require_setup()
    with override(foundation_queries.organization().language):
        outcomes = answers_by_key(batch)
        todo = [place for place, outcome in enumerate(outcomes) if outcome is None]
        redemptions = _redemptions({batch[place].hold for place in todo})
        results = ledger.post([_posting(batch[place], redemptions.get(batch[place].hold), setup) for place in todo])
        done: list[tuple[SettleHold, Posted, Redemption]] = []
        for place, result in zip(todo, results, strict=True):
            outcomes[place] = answer_of(result)
            if isinstance(result, Posted) and not result.replayed:
                done.append((batch[place], result, redemptions[batch[place].hold]))
        events.publish([_fact(*each, setup) for each in done])
        audit.record_many(
            [Done(f"loyalty.{one.verb}", "hold", one.hold, {"points": row.points}, one.actor) for one, _, row in done]
        )
    return [outcome for outcome in outcomes if outcome is not None]


def capture(*, hold: UUID, idempotency_key: str | None = None, body_hash: bytes | None = None) -> Answer:
    """Spend the points of a hold.

    Raises:
        HoldNotFound: there is no such hold.
        HoldOver: it was captured or released before, or has lapsed.
    """
    return _one(SettleHold(hold=hold, verb="capture", idempotency_key=idempotency_key, body_hash=body_hash))


def release(*, hold: UUID, idempotency_key: str | None = None, body_hash: bytes | None = None) -> Answer:
    """Free the points of a hold.

    Raises:
        HoldNotFound: there is no such hold.
        HoldOver: it was captured or released before, or has lapsed.
    """
    return _one(SettleHold(hold=hold, verb="release", idempotency_key=idempotency_key, body_hash=body_hash))


def _one(request: SettleHold) -> Answer:
    [outcome] = settle_holds([request])
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


def _redemptions(holds: set[UUID]) -> dict[UUID, Redemption]:
    rows = Hold.objects.filter(id__in=holds).select_related("redemption__reward") if holds else []
    return {row.id: row.redemption for row in rows if row.redemption is not None}


def _posting(request: SettleHold, redemption: Redemption | None, setup: Setup) -> Posting:
    return Posting(
        order=EndHold(hold=request.hold, verb=request.verb),
        occurred_at=clock.now(),
        actor=request.actor or current_actor(),
        source_kind="redemption",
        source=redemption.id if redemption is not None else None,
        idempotency_key=request.idempotency_key,
        body_hash=digest_of(request),
        answer=_answer(request, redemption, setup) if redemption is not None else None,
    )


def _answer(request: SettleHold, redemption: Redemption, setup: Setup) -> Callable[[Posted], bytes]:
    unit = setup.unit_by_id(redemption.unit_id)
    state = "completed" if request.verb == "capture" else "released"
    name = redemption.reward.name if redemption.reward is not None else None

    def answer(posted: Posted) -> bytes:
        return encode(
            RedemptionAnswer(
                redemption=redemption.id,
                transaction=posted.transaction,
                state=state,
                member=redemption.member_id,
                reward=redemption.reward_id,
                unit=unit.code,
                points=redemption.points,
                code=redemption.code,
                hold=request.hold,
                expires_at=None,
                balance=posted.spendable,
                why=redemption_sentence(state, redemption.points, name, unit.words()),
            )
        )

    return answer


def _fact(request: SettleHold, posted: Posted, redemption: Redemption, setup: Setup) -> Fact:
    unit, member = setup.unit_by_id(redemption.unit_id).code, redemption.member_id
    if request.verb == "release":
        return HoldReleased(member_id=member, unit=unit, points=redemption.points, hold_id=request.hold, lapsed=False)
    return PointsRedeemed(
        member_id=member,
        unit=unit,
        points=redemption.points,
        transaction_id=posted.transaction,
        redemption_id=redemption.id,
        reward_id=redemption.reward_id,
    )
