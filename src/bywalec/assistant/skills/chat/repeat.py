"""Saying it again: the dialogue repeats the last question or runs the last skill anew; here there was neither."""

import msgspec

from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class RepeatRequest(msgspec.Struct, frozen=True):
    """Needs nothing."""


@skill("chat.repeat", request=RepeatRequest, templates=("chat.repeat.nothing",))
def repeat_nothing(request: RepeatRequest, situation: Situation) -> SkillResult:
    """Say that there is nothing to repeat."""
    return SkillResult(template="chat.repeat.nothing")
