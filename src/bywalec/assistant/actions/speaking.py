"""From what skills returned to what may be said: render, check against the evidence, refuse what is not licensed.

This is the one place where texts for customers come to be. Nothing leaves it that the grounding check did not pass.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bywalec.assistant.grounding import Evidence, Ungrounded, check
from bywalec.assistant.grounding.values import Data
from bywalec.assistant.replies.render import render, reply_language
from bywalec.assistant.replies.spoken import spoken
from bywalec.inbox.actions.lease import Reply

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Something to say: a template with data, not yet words.

    Args:
        skill: which skill it comes from.
        template: its key.
        data: typed values.
        claims: what may be said to be done, offered or promised.
        sources: where the data are from.
        before: templates said in front, in the same message.
        wording: other words than the template's, sent only if grounded.
    """

    skill: str
    template: str
    data: Data = field(default_factory=dict)
    claims: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    wording: str | None = None

    @property
    def evidence(self) -> Evidence:
        """What its words may rest on."""
        return Evidence(
            skill=self.skill, template=self.template, data=self.data, claims=self.claims, sources=self.sources
        )


@dataclass(frozen=True, slots=True)
class Voice:
    """How a turn speaks: language, the shop's today, the customer's words of this turn, when it was."""

    language: str
    today: date
    customer_texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What may be sent, and the skills whose words were refused."""

    replies: tuple[Reply, ...]
    refused: tuple[str, ...]


def speak(drafts: Iterable[Draft], voice: Voice) -> Spoken:
    """Put drafts into words; what is not grounded falls back to its template, and then is refused."""
    replies: list[Reply] = []
    refused: list[str] = []
    for draft in drafts:
        text = _grounded(draft, voice)
        if text is None:
            refused.append(draft.skill)
        else:
            replies.append(Reply(text, draft.skill, stored_evidence(draft, voice.language)))
    return Spoken(tuple(replies), tuple(refused))


def stored_evidence(draft: Draft, language: str) -> dict[str, object]:
    """What a reply rests on, as it is kept beside the message ("Dlaczego tak odpowiedziałem?")."""
    facts: dict[str, object] = dict(spoken(draft.data, reply_language(language)))
    return {**facts, "source": ", ".join(draft.sources), "template": draft.template}


def _grounded(draft: Draft, voice: Voice) -> str | None:
    for text in _wordings(draft, voice.language):
        outcome = check(text, [draft.evidence], voice.customer_texts, today=voice.today)
        if not isinstance(outcome, Ungrounded):
            return text
        kinds = [kind for kind, _ in outcome.what]
        log.error("ungrounded reply of %s (%s) was not sent: %s", draft.skill, draft.template, kinds)
    return None


def _wordings(draft: Draft, language: str) -> Sequence[str]:
    before = [render(template, draft.data, language) for template in draft.before]
    wordings = (draft.wording, render(draft.template, draft.data, language))
    return ["\n".join((*before, wording)) for wording in wordings if wording is not None]
