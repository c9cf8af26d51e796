"""Starting over: the dialogue forgets what was open, this only says so."""

import msgspec

from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class RestartRequest(msgspec.Struct, frozen=True):
    """Needs nothing."""


@skill("chat.restart", request=RestartRequest, templates=("chat.restart",))
def start_over(request: RestartRequest, situation: Situation) -> SkillResult:
    """Say that we start over."""
    return SkillResult(template="chat.restart")
