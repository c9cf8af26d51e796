"""What can be had for points, and how far the customer of this session is from each."""

import msgspec

from bywalec.assistant.grounding.values import Datum, Forms, Points, Words
from bywalec.assistant.skills.loyalty.units import forms_of, unit_forms
from bywalec.assistant.skills.skill import Situation, SkillResult, skill
from bywalec.loyalty.errors import NoProgramme
from bywalec.loyalty.queries import members, rewards
from bywalec.loyalty.queries.rewards import RewardInfo

REWARDS_SHOWN_MAX = 6


class RewardsRequest(msgspec.Struct, frozen=True):
    """Needs nothing."""


@skill("loyalty.rewards", request=RewardsRequest, templates=("loyalty.rewards.list", "loyalty.rewards.none"))
def list_rewards(request: RewardsRequest, situation: Situation) -> SkillResult:
    """List the rewards on offer, cheapest first."""
    member = members.members_by_customer(situation.customer) if situation.customer else None
    try:
        forms = unit_forms(situation.language)
    except NoProgramme:
        return SkillResult(template="loyalty.rewards.none")
    offered = [reward for reward in rewards.rewards(member.id if member else None) if reward.available]
    if not offered:
        return SkillResult(template="loyalty.rewards.none", sources=("loyalty.rewards",))
    shown = [_told(reward, forms, known=member is not None) for reward in offered[:REWARDS_SHOWN_MAX]]
    return SkillResult(
        template="loyalty.rewards.list",
        data={"rewards": shown, "more": len(offered) > REWARDS_SHOWN_MAX},
        sources=("loyalty.rewards",),
    )


def _told(reward: RewardInfo, names: dict[str, Forms], *, known: bool) -> dict[str, Datum]:
    forms = forms_of(reward.unit, reward.unit, names)
    told: dict[str, Datum] = {"name": Words(reward.name), "points": Points(reward.points, forms)}
    if known and reward.affordable:
        told["affordable"] = True
    elif known and reward.missing > 0:
        told["missing"] = Points(reward.missing, forms)
    return told
