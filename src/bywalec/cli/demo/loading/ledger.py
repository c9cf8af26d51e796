"""The programme and the receipts: what is earned and spent, checked receipt by receipt against our own reckoning."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from bywalec.cli.demo.loading.place import Place
from bywalec.cli.demo.shop import Programme
from bywalec.cli.demo.year import Visit
from bywalec.foundation import clock
from bywalec.foundation.actor import Actor
from bywalec.loyalty.actions.programme import NewReward, set_up
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import Accept, RedeemRequest
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.queries.rewards import RewardInfo, rewards
from bywalec.loyalty.rules.answers import Answer, Outcome, Refusal
from bywalec.loyalty.rules.documents import PointsPerAmount
from bywalec.store.rules.purchase import MemberReference, PurchaseDraft, line_total

CURRENCY = "PLN"
STRANGERS_PHONE = 212_100_000
"""Numbers given by people who are not in the programme count from here; nobody of the demo has one."""


class StoryContradicted(Exception):
    """The ledger did something else than the story says: one of the two is wrong."""


def set_up_programme(programme: Programme, *, since: datetime) -> dict[str, RewardInfo]:
    """Set the programme up and return its rewards by name; call it inside the organization's scope."""
    set_up(
        name=programme.name,
        currency=CURRENCY,
        rule=PointsPerAmount(
            points=programme.points, per=programme.per_amount, validity_months=programme.validity_months
        ),
        rewards=[
            NewReward(code=reward.code, name=reward.name, points=reward.points, description=reward.description)
            for reward in programme.rewards
        ],
        since=since,
    )
    return {reward.name: reward for reward in rewards()}


class Counter:
    """Writes receipts and rewards through the till's key.

    Args:
        place: shop and till.
        actor: the till's key.
        rewards: by name.
    """

    def __init__(self, place: Place, actor: Actor, rewards: Mapping[str, RewardInfo]) -> None:
        self._place = place
        self._actor = actor
        self._rewards = rewards

    def hand_out(self, visits: Sequence[Visit], members: Mapping[int, MemberInfo]) -> None:
        """Hand the rewards out that are taken with these receipts, those of a day at the time of the first.

        Args:
            visits: each with a reward and its member.
            members: by the person's number.

        Raises:
            StoryContradicted: one was refused.
        """
        for _day, group in groupby(visits, key=lambda visit: visit.at.date()):
            together = list(group)
            with clock.frozen(together[0].at):
                outcomes = redeem([self._wish(visit, members) for visit in together])
            for visit, outcome in zip(together, outcomes, strict=True):
                _accepted(outcome, visit)

    def take_in(self, visits: Sequence[Visit]) -> None:
        """Take receipts in, all at once, at the time of the last one.

        Raises:
            StoryContradicted: one was refused or gave other points than the story says.
        """
        if not visits:
            return
        batch = [Accept(draft=self._draft(visit), source="import", actor=self._actor) for visit in visits]
        with clock.frozen(visits[-1].at):
            outcomes = accept_purchases(batch)
        for visit, outcome in zip(visits, outcomes, strict=True):
            points = sum(unit.earned for unit in _accepted(outcome, visit).purchase().points)
            if points != visit.points:
                raise StoryContradicted(f"receipt {visit.number}: {points} points instead of {visit.points}")

    def _wish(self, visit: Visit, members: Mapping[int, MemberInfo]) -> RedeemRequest:
        assert visit.reward is not None
        assert visit.person is not None
        return RedeemRequest(
            member=members[visit.person.number].id,
            reward=self._rewards[visit.reward.name].id,
            till=self._place.till,
            idempotency_key=f"demo-{visit.number}",
            actor=self._actor,
        )

    def _draft(self, visit: Visit) -> PurchaseDraft:
        return PurchaseDraft(
            shop=self._place.shop,
            till=self._place.till,
            receipt_number=f"{visit.number:06d}",
            business_date=visit.at.date(),
            occurred_at=visit.at,
            currency=CURRENCY,
            total=sum(map(line_total, visit.lines)),
            lines=visit.lines,
            member_reference=_reference(visit),
        )


def _reference(visit: Visit) -> MemberReference | None:
    if visit.shown == "forgotten":
        return MemberReference("phone", f"+48{STRANGERS_PHONE + visit.number}")
    if visit.person is None:
        return None
    if visit.shown == "phone":
        return MemberReference("phone", visit.person.phone)
    return MemberReference("card", visit.person.card)


def _accepted(outcome: Outcome, visit: Visit) -> Answer:
    if isinstance(outcome, Refusal):
        problem = outcome.error.as_problem()
        raise StoryContradicted(f"visit {visit.number} was refused: {problem}") from outcome.error
    return outcome


def till_actor(key: UUID, name: str) -> Actor:
    """Return the till's key as the one who acts."""
    return Actor("key", key, name)
