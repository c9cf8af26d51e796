"""Never mind: the dialogue drops the open matter, this says what was dropped."""

from typing import Literal

import msgspec

from bywalec.assistant.skills.skill import Situation, SkillResult, skill

Dropped = Literal["matter", "person", "nothing"]
_TEMPLATES: dict[Dropped, str] = {
    "matter": "chat.cancel.matter",
    "person": "chat.cancel.no_person",
    "nothing": "chat.cancel.nothing",
}


class CancelRequest(msgspec.Struct, frozen=True):
    """What was dropped: an open matter, the talk with a person that was declined, or nothing at all."""

    dropped: Dropped = "nothing"


@skill("chat.cancel", request=CancelRequest, templates=tuple(_TEMPLATES.values()))
def drop(request: CancelRequest, situation: Situation) -> SkillResult:
    """Say that nothing was changed."""
    return SkillResult(template=_TEMPLATES[request.dropped])
