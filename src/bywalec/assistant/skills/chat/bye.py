"""Saying goodbye; the conversation is over with it."""

import msgspec

from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class ByeRequest(msgspec.Struct, frozen=True):
    """Needs nothing."""


@skill("chat.bye", request=ByeRequest, templates=("chat.bye",))
def say_goodbye(request: ByeRequest, situation: Situation) -> SkillResult:
    """Saying goodbye; the conversation is over with it."""
    return SkillResult(template="chat.bye", resolves=True)
