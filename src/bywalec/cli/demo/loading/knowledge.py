"""The shop's questions and answers, as the assistant knows them."""

from collections.abc import Sequence
from uuid import UUID

from bywalec.assistant.actions.knowledge import EntryDraft, write_entries
from bywalec.cli.demo.faq import LANGUAGES, Question
from bywalec.foundation import tenancy


def teach(organization: UUID, questions: Sequence[Question]) -> int:
    """Write the questions in every language and return how many entries that makes."""
    drafts = []
    for question in questions:
        for language in LANGUAGES:
            wording = question.wording(language)
            drafts.append(
                EntryDraft(
                    code=question.code,
                    language=language,
                    title=wording.title,
                    answer=wording.answer,
                    phrasings=wording.phrasings,
                )
            )
    with tenancy.scope(organization):
        return write_entries(drafts=drafts)
