"""A grocery with people in it, and a customer who writes to its assistant through the real path."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from bywalec.assistant.actions.answer import AnswerOutcome, Understander, answer_conversation
from bywalec.assistant.evaluation.world_file import BuiltWorld, build_world, read_world
from bywalec.assistant.skills.catalogue import Identity
from bywalec.assistant.skills.skill import Registry, Situation
from bywalec.assistant.understanding import understand as understand_by_examples
from bywalec.foundation import clock, tenancy
from bywalec.foundation.ids import secret
from bywalec.inbox.actions.contacts import identify
from bywalec.inbox.actions.conversations import OpenedConversation, open_conversation
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.queries.messages import MessageView, messages
from bywalec.inbox.rules.kinds import AuthorKind, Direction, IdentityLevel

MONDAY_MORNING = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
WORLDS = Path(__file__).parent.parent / "worlds"


@dataclass
class Customer:
    """Somebody who writes in one conversation."""

    world: BuiltWorld
    talk: OpenedConversation
    heard_up_to: int = 0
    outcomes: list[AnswerOutcome] = field(default_factory=list)

    def writes(self, *texts: str) -> None:
        """Send messages; nothing answers yet."""
        with tenancy.scope(self.world.organization):
            for text in texts:
                receive(conversation_id=self.talk.id, text=text, client_id=secret(12))

    def gets(
        self, *, understand: Understander = understand_by_examples, registry: Registry | None = None
    ) -> list[MessageView]:
        """Let the assistant answer and return what it said."""
        self.outcomes.append(
            answer_conversation(self.world.organization, self.talk.id, understand=understand, registry=registry)
        )
        return self.hears()

    def hears(self) -> list[MessageView]:
        """What the bot has said since last time."""
        with tenancy.reading(self.world.organization):
            said = messages(self.talk.id, after=self.heard_up_to)
        self.heard_up_to = max([self.heard_up_to, *(one.number for one in said)])
        return [one for one in said if one.direction is Direction.OUTGOING and one.author is AuthorKind.BOT]

    def says(self, *texts: str) -> str:
        """Write, let the assistant answer, and return all it said."""
        self.writes(*texts)
        return "\n".join(message.text.replace("\u00a0", " ") for message in self.gets())


Meet = Callable[..., Customer]


@pytest.fixture
def monday_morning() -> Iterator[datetime]:
    with clock.frozen(MONDAY_MORNING):
        yield MONDAY_MORNING


@pytest.fixture
def grocery(db: None, monday_morning: datetime) -> BuiltWorld:
    return build_world(read_world(WORLDS / "grocery.yaml"))


@pytest.fixture
def meet(grocery: BuiltWorld) -> Meet:
    """Return a function that lets somebody open a conversation: a stranger, or a customer the shop vouches for."""

    def opens(name: str | None = None, *, language: str = "pl") -> Customer:
        with tenancy.scope(grocery.organization):
            talk = open_conversation(inbox_id=grocery.inbox, language=language)
            if name is not None:
                identify(
                    contact_id=talk.contact_id,
                    customer_id=grocery.customers[name],
                    level=IdentityLevel.KNOWN,
                    how="visitor_token",
                    until=clock.later(clock.now(), 3600),
                )
        customer = Customer(grocery, talk)
        customer.hears()
        return customer

    return opens


@pytest.fixture
def situation(grocery: BuiltWorld, meet: Meet) -> Callable[..., Situation]:
    """Return a function that makes the situation of a skill."""

    def of(name: str | None = None, *, language: str = "pl", conversation: UUID | None = None) -> Situation:
        return Situation(
            conversation=conversation or meet().talk.id,
            customer=grocery.customers[name] if name else None,
            identity=Identity.KNOWN if name else Identity.NONE,
            language=language,
            organization_name="Sklep u Marka",
            bot_name="Bywalec",
            zone="Europe/Warsaw",
            now=clock.now(),
        )

    return of
