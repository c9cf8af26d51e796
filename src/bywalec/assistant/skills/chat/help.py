"""Saying what the assistant can do."""

import msgspec

from bywalec.assistant.grounding.values import Words
from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class HelpRequest(msgspec.Struct, frozen=True):
    """Needs nothing."""


@skill("chat.help", request=HelpRequest, templates=("chat.help",))
def tell_what_is_possible(request: HelpRequest, situation: Situation) -> SkillResult:
    """Saying what the assistant can do."""
    return SkillResult(template="chat.help", data={"organization": Words(situation.organization_name)})
