"""Answering from the shop's own questions and answers, or saying that we do not know."""

import msgspec

from bywalec.assistant.grounding.values import Words
from bywalec.assistant.knowledge.retrieve import find_answer
from bywalec.assistant.queries.knowledge import entries
from bywalec.assistant.skills.skill import Situation, SkillResult, skill


class QuestionRequest(msgspec.Struct, frozen=True):
    """The customer's question in their own words."""

    question: str


@skill("faq.answer", request=QuestionRequest, templates=("faq.answer.found", "faq.answer.unknown"))
def answer_question(request: QuestionRequest, situation: Situation) -> SkillResult:
    """Quote the entry that answers; without a certain one a person takes the question."""
    found = find_answer(request.question, entries(), situation.language)
    if found is None:
        return SkillResult(template="faq.answer.unknown", done=False, hands_off="no_answer")
    return SkillResult(
        template="faq.answer.found",
        data={"question": Words(found.entry.title), "answer": Words(found.entry.answer)},
        sources=(f"knowledge:{found.entry.code}",),
    )
