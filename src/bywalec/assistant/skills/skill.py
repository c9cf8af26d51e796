"""Declaring a skill and finding it: one file, one function, everything about it in its decorator.

Identity and effect stand in the catalogue; the runner enforces them, never the skill itself.
"""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import TypeVar
from uuid import UUID

import msgspec

from bywalec.assistant.grounding.values import Data
from bywalec.assistant.skills.catalogue import CatalogueEntry, Effect, Identity, catalogue
from bywalec.assistant.understanding.examples import examples_in
from bywalec.foundation import clock

R = TypeVar("R", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a skill runs. Who the customer is comes from the session alone, never from words.

    Args:
        conversation: the conversation.
        customer: the customer the channel or a proof names; None for anyone.
        identity: how sure that is.
        language: of the reply.
        organization_name: name of the shop's firm.
        bot_name: how the bot calls itself.
        zone: IANA zone of the organization.
        now: the moment of the turn.
    """

    conversation: UUID
    customer: UUID | None
    identity: Identity
    language: str
    organization_name: str
    bot_name: str
    zone: str
    now: datetime

    @property
    def today(self) -> date:
        """The day on the shop's clock."""
        return clock.local(self.now, self.zone).date()


@dataclass(frozen=True, slots=True)
class Choices:
    """A slot the skill cannot do without, and what may fill it, as value → name."""

    slot: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillResult:
    """What a skill found out or did: a template and data, never a sentence.

    Args:
        template: key of the reply.
        data: typed values for it.
        claims: what the reply may state as done, offered or promised.
        sources: where the data are from.
        done: the skill did what was wanted; False for a refusal or an open question.
        choices: a slot that is missing.
        offers: a skill to run when the customer answers "tak".
        hands_off: reason to bring a person in.
        resolves: the conversation is over with this reply.
        wording: the reply in other words than the template's; sent only if it is grounded.
    """

    template: str
    data: Data = field(default_factory=dict)
    claims: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    done: bool = True
    choices: Choices | None = None
    offers: str | None = None
    hands_off: str | None = None
    resolves: bool = False
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most so many runs of a skill in one conversation and in the whole organization within an hour."""

    per_conversation: int
    per_hour: int


Refusal = Callable[[Situation], SkillResult | None]


@dataclass(frozen=True, slots=True)
class Skill:
    """An implemented skill.

    Args:
        entry: its line of the catalogue.
        request: what it needs; its fields are the slots of its scenario.
        call: runs it with slots as they were collected.
        templates: keys of all its replies.
        limit: how often it may run.
        before_collecting: looked at before anything is asked; a result ends it there.
    """

    entry: CatalogueEntry
    request: type[msgspec.Struct]
    call: Callable[[Mapping[str, str], Situation], SkillResult]
    templates: tuple[str, ...]
    limit: RateLimit | None = None
    before_collecting: Refusal | None = None

    @property
    def name(self) -> str:
        """Its stable name."""
        return self.entry.name

    @property
    def writes(self) -> bool:
        """Whether it changes anything and so waits for a yes."""
        return self.entry.effect is Effect.WRITE

    def schema(self) -> dict[str, object]:
        """JSON Schema of its request: the tool schema for models and other assistants."""
        return msgspec.json.schema(self.request)

    def examples(self, language: str = "pl") -> tuple[str, ...]:
        """Sentences that ask for it."""
        return tuple(text for name, text in examples_in(language) if name == self.name)


Registry = Mapping[str, Skill]


def skill(
    name: str,
    *,
    request: type[R],
    templates: tuple[str, ...],
    limit: RateLimit | None = None,
    before_collecting: Refusal | None = None,
) -> Callable[[Callable[[R, Situation], SkillResult]], Skill]:
    """Declare a function as the skill of that name.

    Args:
        name: a name of the catalogue.
        request: what it needs, as a struct.
        templates: keys of all its replies.
        limit: how often it may run.
        before_collecting: looked at before anything is asked; a result ends it there (a member needs no second card).

    Raises:
        KeyError: the catalogue has no such name.
    """
    entry = catalogue()[name]

    def declare(run: Callable[[R, Situation], SkillResult]) -> Skill:
        def call(slots: Mapping[str, str], situation: Situation) -> SkillResult:
            return run(msgspec.convert(dict(slots), request, strict=False), situation)

        return Skill(entry, request, call, templates, limit, before_collecting)

    return declare


@cache
def skills() -> Registry:
    """Every implemented skill by name: each module of the folder holds one."""
    package = import_module("bywalec.assistant.skills")
    found: dict[str, Skill] = {}
    for folder in pkgutil.iter_modules(package.__path__):
        if folder.ispkg:
            inner = import_module(f"{package.__name__}.{folder.name}")
            for module in pkgutil.iter_modules(inner.__path__):
                declared = vars(import_module(f"{inner.__name__}.{module.name}")).values()
                found.update({one.name: one for one in declared if isinstance(one, Skill)})
    return {name: found[name] for name in catalogue() if name in found}
