"""Spending points: at once, or in two steps (hold, then capture or release)."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.utils.translation import override

from bywalec.foundation import audit, clock, events, tenancy
from bywalec.foundation import queries as foundation_queries
from bywalec.foundation.actor import current_actor
from bywalec.foundation.audit import Done
from bywalec.foundation.errors import BywalecError
from bywalec.foundation.events import Fact
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_rows
from bywalec.loyalty import errors, ledger
from bywalec.loyalty.actions.idempotency import answer_of, answers_by_key, digest_of
from bywalec.loyalty.actions.requests import RedeemRequest
from bywalec.loyalty.events import PointsHeld, PointsRedeemed
from bywalec.loyalty.ledger import NotPosted, Posted, Posting, Spend
from bywalec.loyalty.models import Member, Redemption, Reward
from bywalec.loyalty.queries.programme import Setup, require_setup
from bywalec.loyalty.queries.sentences import missing_text, redemption_sentence
from bywalec.loyalty.rules.answers import Outcome, RedemptionAnswer, Refusal, encode
from bywalec.loyalty.rules.code import make_code
from bywalec.loyalty.rules.wallet import POINTS_MAX

COLUMNS = (
    "id",
    "organization_id",
    "member_id",
    "unit_id",
    "reward_id",
    "till_id",
    "points",
    "code",
    "state",
    "created_at",
)


class _Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A redemption that is about to be posted."""

    id: UUID
    request: RedeemRequest
    unit: UUID
    unit_code: str
    points: int
    reward_name: str | None
    code: str
    hold: UUID | None
    hold_until: datetime | None


def redeem(batch: Sequence[RedeemRequest]) -> list[Outcome]:
    """Spend or hold points; one outcome per request, in order.

    A reward with limited stock gives one piece in the same transaction. Too few points are refused with what is
    missing; a repeated request with the same key gets the stored answer, whatever the balance is by then.

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
        plans: list[tuple[int, _Plan]] = []
        rewards, statuses = _rewards(batch), _statuses(batch)
        for place in todo:
            try:
                plans.append((place, _plan(batch[place], setup, rewards, statuses)))
            except BywalecError as error:
                outcomes[place] = Refusal(error)
        results = ledger.post([_posting(plan, setup) for _, plan in plans])
        done = [
            (plan, result)
            for (_, plan), result in zip(plans, results, strict=True)
            if isinstance(result, Posted) and not result.replayed
        ]
        _keep(done)
        for (place, plan), result in zip(plans, results, strict=True):
            outcomes[place] = answer_of(_explained(result, plan, setup))
    return [outcome for outcome in outcomes if outcome is not None]


def _plan(request: RedeemRequest, setup: Setup, rewards: Mapping[UUID, Reward], statuses: Mapping[UUID, str]) -> _Plan:
    if request.member not in statuses:
        raise errors.MemberNotFound(field="member", value=str(request.member))
    if statuses[request.member] != Member.Status.ACTIVE:
        raise errors.MemberNotActive(field="member", value=str(request.member), state=statuses[request.member])
    points, unit, name = _price(request, setup, rewards)
    policy, now = setup.policy_at(clock.now()), clock.now()
    return _Plan(
        id=new_id(),
        request=request,
        unit=unit,
        unit_code=setup.unit_by_id(unit).code,
        points=points,
        reward_name=name,
        code=make_code(secrets.randbelow),
        hold=new_id() if request.hold else None,
        hold_until=now + timedelta(minutes=policy.hold_minutes) if request.hold else None,
    )


def _price(request: RedeemRequest, setup: Setup, rewards: Mapping[UUID, Reward]) -> tuple[int, UUID, str | None]:
    if (request.reward is None) == (request.points is None):
        raise errors.RewardOrPoints(field="reward")
    if request.reward is not None:
        reward = rewards.get(request.reward)
        if reward is None:
            raise errors.RewardNotFound(field="reward", value=str(request.reward))
        if not reward.active:
            raise errors.RewardNotOffered(field="reward", value=str(request.reward))
        return reward.points, reward.unit_id, reward.name
    points = request.points or 0
    if not 0 < points <= POINTS_MAX:
        raise errors.BadPoints(field="points", value=points)
    return points, setup.main_unit.id, None


def _posting(plan: _Plan, setup: Setup) -> Posting:
    request = plan.request
    return Posting(
        order=Spend(
            member=request.member,
            unit=plan.unit,
            points=plan.points,
            redemption=plan.id,
            reward=request.reward,
            hold=plan.hold,
            hold_until=plan.hold_until,
        ),
        occurred_at=clock.now(),
        actor=request.actor or current_actor(),
        source_kind="redemption",
        source=plan.id,
        idempotency_key=request.idempotency_key,
        body_hash=digest_of(request),
        answer=_answer(plan, setup),
    )


def _answer(plan: _Plan, setup: Setup) -> Callable[[Posted], bytes]:
    words, state = setup.unit_by_id(plan.unit).words(), "held" if plan.hold else "completed"

    def answer(posted: Posted) -> bytes:
        return encode(
            RedemptionAnswer(
                redemption=plan.id,
                transaction=posted.transaction,
                state=state,
                member=plan.request.member,
                reward=plan.request.reward,
                unit=plan.unit_code,
                points=plan.points,
                code=plan.code,
                hold=plan.hold,
                expires_at=plan.hold_until,
                balance=posted.spendable,
                why=redemption_sentence(state, plan.points, plan.reward_name, words),
            )
        )

    return answer


def _explained(result: ledger.Outcome, plan: _Plan, setup: Setup) -> ledger.Outcome:
    """Say in words how many points are missing."""
    if not (isinstance(result, NotPosted) and isinstance(result.error, errors.InsufficientPoints)):
        return result
    missing, spendable = result.error.data["missing"], result.error.data["spendable"]
    assert isinstance(missing, int), "the rule says how many points are missing"
    assert isinstance(spendable, int), "the rule says how many points there are"
    reward, points = plan.request.reward, plan.points
    return NotPosted(
        errors.InsufficientPoints(
            missing_text(missing, spendable, setup.unit_by_id(plan.unit).forms),
            field="reward" if reward else "points",
            value=str(reward) if reward else points,
            asked=points,
            spendable=spendable,
            missing=missing,
        )
    )


def _keep(done: Sequence[tuple[_Plan, Posted]]) -> None:
    organization, now = tenancy.current(), clock.now()
    rows = [
        (
            plan.id,
            organization,
            plan.request.member,
            plan.unit,
            plan.request.reward,
            plan.request.till,
            plan.points,
            plan.code,
            (Redemption.State.HELD if plan.hold else Redemption.State.COMPLETED).value,
            now,
        )
        for plan, _ in done
    ]
    insert_rows("loyalty_redemption", COLUMNS, rows)
    events.publish([_fact(plan, posted) for plan, posted in done])
    audit.record_many(
        [
            Done(
                "loyalty.hold" if plan.hold else "loyalty.redeem",
                "redemption",
                plan.id,
                {"points": plan.points},
                plan.request.actor,
            )
            for plan, _ in done
        ]
    )


def _fact(plan: _Plan, posted: Posted) -> Fact:
    member = plan.request.member
    if plan.hold is not None:
        return PointsHeld(
            member_id=member, unit=plan.unit_code, points=plan.points, hold_id=plan.hold, redemption_id=plan.id
        )
    return PointsRedeemed(
        member_id=member,
        unit=plan.unit_code,
        points=plan.points,
        transaction_id=posted.transaction,
        redemption_id=plan.id,
        reward_id=plan.request.reward,
    )


def _rewards(batch: Sequence[RedeemRequest]) -> dict[UUID, Reward]:
    wanted = {request.reward for request in batch if request.reward is not None}
    return {row.id: row for row in Reward.objects.filter(id__in=wanted)} if wanted else {}


def _statuses(batch: Sequence[RedeemRequest]) -> dict[UUID, str]:
    return dict(Member.objects.filter(id__in={request.member for request in batch}).values_list("id", "status"))
