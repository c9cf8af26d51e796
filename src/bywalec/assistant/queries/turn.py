"""Everything a turn needs to know before it thinks, read at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.assistant.dialogue.state import State
from bywalec.assistant.queries.dialogue import dialogue_state
from bywalec.assistant.queries.knowledge import entries
from bywalec.assistant.skills.catalogue import Identity
from bywalec.assistant.skills.skill import Situation
from bywalec.assistant.understanding import Context, Place, ShopWords, Turn
from bywalec.assistant.understanding.entities import masked
from bywalec.assistant.understanding.types import Language, Who
from bywalec.foundation import clock, queries
from bywalec.foundation.queries import OrganizationInfo
from bywalec.inbox.queries.conversations import ConversationView, conversation
from bywalec.inbox.queries.inboxes import inbox
from bywalec.inbox.queries.messages import MessageView, messages
from bywalec.inbox.rules.kinds import AuthorKind

TURNS_MAX = 20
PLACE_LETTERS_MIN = 4
_WHO: dict[AuthorKind, Who] = {AuthorKind.CUSTOMER: "customer", AuthorKind.BOT: "bot", AuthorKind.STAFF: "staff"}
_LANGUAGES: dict[str, Language] = {"pl": "pl", "en": "en", "uk": "uk"}


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """What is known at the beginning of a turn."""

    view: ConversationView
    organization: OrganizationInfo
    bot_name: str
    state: State
    shop: ShopWords
    turns: tuple[Turn, ...]
    has_introduced_itself: bool
    now: datetime

    @property
    def language(self) -> Language:
        """The language of the conversation so far."""
        return _LANGUAGES.get(self.state.language or self.view.language or self.organization.language, "pl")

    def context(self) -> Context:
        """What understanding may know."""
        frame = self.state.current
        asked = ("confirmation" if frame.proposal else frame.asked) if frame else None
        return Context(
            turns=self.turns,
            scenario=frame.skill if frame and asked else None,
            asked_slot=asked,
            now=clock.local(self.now, self.organization.timezone),
            shop=self.shop,
            language=self.language,
        )

    def situation(self, language: str) -> Situation:
        """Where skills run; the customer comes from the channel's proof only."""
        identity = Identity(self.view.contact.identity.level.value)
        return Situation(
            conversation=self.view.id,
            customer=self.view.contact.customer_id if identity is not Identity.NONE else None,
            identity=identity,
            language=language,
            organization_name=self.organization.name,
            bot_name=self.bot_name,
            zone=self.organization.timezone,
            now=self.now,
        )


def turn_facts(conversation_id: UUID, *, before: int) -> TurnFacts:
    """Read what a turn needs.

    Args:
        conversation_id: a conversation of the current scope.
        before: number of the first message that is to be answered; earlier ones are context.
    """
    view = conversation(conversation_id)
    now = clock.now()
    said = [one for one in messages(conversation_id, limit=TURNS_MAX * 2) if one.number < before and one.author in _WHO]
    return TurnFacts(
        view=view,
        organization=queries.organization(),
        bot_name=inbox(view.inbox_id).bot_name,
        state=_state(conversation_id, said),
        shop=ShopWords(_places(), tuple(question for entry in entries() for question in entry.questions)),
        turns=tuple(Turn(_WHO[one.author], masked(one.text, now)) for one in said if one.text)[-TURNS_MAX:],
        has_introduced_itself=any(_is_bots(one) for one in said),
        now=now,
    )


def _state(conversation_id: UUID, said: list[MessageView]) -> State:
    """The dialogue's state; what was open before a person stepped in is no longer open."""
    state = dialogue_state(conversation_id)
    last = max((one.number for one in said if _is_bots(one)), default=0)
    if any(one.author is AuthorKind.STAFF and one.number > last for one in said):
        return State(language=state.language)
    return state


def _is_bots(message: MessageView) -> bool:
    return message.author is AuthorKind.BOT and bool(message.text)


def _places() -> tuple[Place, ...]:
    """Names that mean exactly one of the shops: its name, the words of its name, its street, its town."""
    named: dict[str, set[str]] = {}
    for shop in queries.shops():
        street = shop.street.removeprefix("ul. ").rstrip("0123456789 /abcABC")
        for name in {shop.name, street, shop.city, *shop.name.split()}:
            if len(name) >= PLACE_LETTERS_MIN:
                named.setdefault(name, set()).add(str(shop.id))
    return tuple(Place(name, *shops) for name, shops in sorted(named.items()) if len(shops) == 1)
