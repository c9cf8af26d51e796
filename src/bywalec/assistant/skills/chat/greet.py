"""Answering a greeting."""

import msgspec

from bywalec.assistant.grounding.values import Words
from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class GreetRequest(msgspec.Struct, frozen=True):
    """Needs nothing."""


@skill("chat.greet", request=GreetRequest, templates=("chat.greet",))
def greet(request: GreetRequest, situation: Situation) -> SkillResult:
    """Answering a greeting."""
    return SkillResult(
        template="chat.greet",
        data={"bot": Words(situation.bot_name), "organization": Words(situation.organization_name)},
    )
