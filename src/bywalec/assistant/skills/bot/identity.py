"""Saying that it is a bot, whenever asked."""

import msgspec

from bywalec.assistant.grounding.values import Words
from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class IdentityRequest(msgspec.Struct, frozen=True):
    """Needs nothing."""


@skill("bot.identity", request=IdentityRequest, templates=("bot.identity.tell",))
def tell_identity(request: IdentityRequest, situation: Situation) -> SkillResult:
    """Tell the plain truth about what answers here."""
    names = {"bot": Words(situation.bot_name), "organization": Words(situation.organization_name)}
    return SkillResult(template="bot.identity.tell", data=names)
