"""Bringing a person in because the customer asks for one."""

import msgspec

from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class PersonRequest(msgspec.Struct, frozen=True):
    """Needs nothing: a person is always reachable."""


@skill("human.request", request=PersonRequest, templates=("human.request.ask",))
def ask_for_person(request: PersonRequest, situation: Situation) -> SkillResult:
    """Hand the conversation over at once."""
    return SkillResult(template="human.request.ask", hands_off="customer_asked")
