"""Writing the knowledge base."""

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _

from bywalec.assistant.models import KnowledgeEntry
from bywalec.assistant.queries.knowledge import ENTRIES_MAX
from bywalec.foundation import audit, clock, tenancy
from bywalec.foundation.errors import InvalidInput
from bywalec.foundation.ids import new_id

PHRASINGS_MAX = 50
ANSWER_LENGTH_MAX = 4_000
LANGUAGES = ("pl", "en", "uk")


class EntryDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is to be; `code` and `language` name it."""

    code: str
    language: str
    title: str
    answer: str
    phrasings: tuple[str, ...] = ()


def write_entries(*, drafts: Sequence[EntryDraft]) -> int:
    """Create or replace entries of the knowledge base; returns how many.

    Raises:
        InvalidInput: no title or answer, an unknown language, or more than the limits.
    """
    if len(drafts) > ENTRIES_MAX:
        raise InvalidInput(_("Too many entries at once."), field="entries", value=len(drafts))
    for position, draft in enumerate(drafts):
        _check(draft, position)
    now, organization = clock.now(), tenancy.current()
    KnowledgeEntry.objects.bulk_create(
        [
            KnowledgeEntry(
                id=new_id(),
                organization_id=organization,
                code=draft.code,
                language=draft.language,
                title=draft.title.strip(),
                phrasings=[phrasing.strip() for phrasing in draft.phrasings],
                answer=draft.answer.strip(),
                updated_at=now,
            )
            for draft in drafts
        ],
        update_conflicts=True,
        unique_fields=["organization", "code", "language"],
        update_fields=["title", "phrasings", "answer", "active", "updated_at"],
    )
    audit.record("knowledge.write", subject_kind="knowledge", subject=None, data={"entries": len(drafts)})
    return len(drafts)


def retire_entry(*, code: str) -> None:
    """Stop answering from an entry, in every language."""
    KnowledgeEntry.objects.filter(code=code).update(active=False, updated_at=clock.now())
    audit.record("knowledge.retire", subject_kind="knowledge", subject=None, data={"code": code})


def _check(draft: EntryDraft, position: int) -> None:
    path = f"entries[{position}]"
    if draft.language not in LANGUAGES:
        raise InvalidInput(_("There are no answers in this language."), field=f"{path}.language", value=draft.language)
    if not draft.title.strip() or not draft.answer.strip():
        raise InvalidInput(_("An entry needs a question and an answer."), field=f"{path}.answer", value=draft.code)
    if len(draft.answer) > ANSWER_LENGTH_MAX or len(draft.phrasings) > PHRASINGS_MAX:
        raise InvalidInput(_("The entry is too long."), field=f"{path}.answer", value=draft.code)
