"""Answering thanks."""

import msgspec

from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class ThanksRequest(msgspec.Struct, frozen=True):
    """Needs nothing."""


@skill("chat.thanks", request=ThanksRequest, templates=("chat.thanks",))
def thank(request: ThanksRequest, situation: Situation) -> SkillResult:
    """Answering thanks."""
    return SkillResult(template="chat.thanks")
