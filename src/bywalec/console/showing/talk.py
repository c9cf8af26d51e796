"""The open conversation: who has it, what was said and on what grounds, what the person at the screen may do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from bywalec.console import states
from bywalec.console.showing.evidence import Ground, grounds_of
from bywalec.console.showing.names import contact_name, customers_of, span
from bywalec.console.showing.queue import conversation_state
from bywalec.console.states import State
from bywalec.customers.queries.people import CustomerInfo
from bywalec.foundation import clock, formatting
from bywalec.foundation.staff import StaffInfo
from bywalec.inbox.queries import conversations, handoffs, messages
from bywalec.inbox.queries.conversations import ConversationView
from bywalec.inbox.queries.handoffs import HandoffView
from bywalec.inbox.queries.messages import MessageView
from bywalec.inbox.rules.kinds import AuthorKind, ConversationStatus, Direction, MessageStatus

LOG_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Said:
    """A message as the log shows it.

    Args:
        kind: customer, bot, staff, note or activity.
        day: set on the first message of a day.
    """

    number: int
    kind: str
    author: str
    text: str
    at: datetime
    icon: str
    skill: str
    grounds: tuple[Ground, ...]
    erased: bool
    failed: bool
    day: str


@dataclass(frozen=True, slots=True)
class Story:
    """What a hand-over tells: why a person is needed and what was found out."""

    reason: str
    summary: str
    grounds: tuple[Ground, ...]
    identity: State
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation pane. ``turn`` says whose move it is; ``mine`` whether the viewer has it."""

    id: UUID
    name: str
    customer: CustomerInfo | None
    conversation: ConversationView
    state: State
    handler: str
    mine: bool
    turn: str
    can_take: bool
    can_give_back: bool
    can_resolve: bool
    can_reply: bool
    story: Story | None
    log: tuple[Said, ...]
    last_number: int


def talk_of(conversation_id: UUID, *, viewer: StaffInfo, zone: str, language: str, after: int = 0) -> Talk:
    """Return a conversation as one staff member sees it.

    Args:
        conversation_id: which.
        viewer: who looks.
        zone: time zone of the shop.
        language: language of the page.
        after: only messages with a higher number.

    Raises:
        ConversationNotFound: it is not here.
    """
    found = conversations.conversation(conversation_id)
    customer = customers_of([found.contact]).get(found.contact.customer_id) if found.contact.customer_id else None
    name = contact_name(found.contact, customer)
    said = messages.staff_messages(conversation_id, limit=LOG_LENGTH)
    log = [one for one in _log(said, name=name, zone=zone, language=language) if one.number > after]
    story = handoffs.current_handoff(conversation_id)
    mine = found.assigned is not None and found.assigned.id == viewer.id
    theirs = found.assigned is not None and not mine and found.status is ConversationStatus.OPEN
    resolved = found.status is ConversationStatus.RESOLVED
    return Talk(
        id=found.id,
        name=name,
        customer=customer,
        conversation=found,
        state=conversation_state(found.status, assigned=found.assigned is not None),
        handler=found.assigned.name if found.assigned and not resolved else "",
        mine=mine,
        turn=_turn(found, mine=mine),
        can_take=not mine and not theirs and not resolved,
        can_give_back=found.status is ConversationStatus.OPEN and not theirs,
        can_resolve=not resolved and not theirs,
        can_reply=not theirs,
        story=_story(story) if story else None,
        log=tuple(log),
        last_number=found.last_number,
    )


def _turn(found: ConversationView, *, mine: bool) -> str:
    now = clock.now()
    if found.status is ConversationStatus.RESOLVED:
        return _("This conversation is closed. A reply opens it again.")
    if found.status is ConversationStatus.PENDING:
        if found.bot_paused_until and found.bot_paused_until > now:
            return _("The assistant keeps still, because somebody is typing.")
        return _("The assistant has this conversation. It keeps still when you start to type.")
    if mine:
        return ""
    if found.assigned:
        return _("%(name)s has this conversation. You can leave a note.") % {"name": found.assigned.name}
    if found.waiting_since:
        return _("Waits for a person for %(span)s. Your reply takes it over.") % {
            "span": span(now - found.waiting_since)
        }
    return _("Waits for a person. Your reply takes it over.")


def _story(handoff: HandoffView) -> Story:
    grounds = (*grounds_of(handoff.facts), *grounds_of(handoff.slots))
    return Story(
        reason=states.handoff_reason(handoff.reason),
        summary=handoff.summary,
        grounds=grounds,
        identity=states.IDENTITY.get(str(handoff.identity), states.UNKNOWN),
        at=handoff.created_at,
    )


def _log(said: Sequence[MessageView], *, name: str, zone: str, language: str) -> Iterable[Said]:
    before: date | None = None
    today = clock.today(zone)
    for message in said:
        day = clock.local(message.sent_at, zone).date()
        shown = _said(message, name)
        yield replace(shown, day=_day(day, today, language)) if day != before else shown
        before = day


def _said(message: MessageView, name: str) -> Said:
    kind, author = _who(message, name)
    activity = (
        states.activity(message.activity, message.staff.name if message.staff else "") if kind == "activity" else None
    )
    return Said(
        number=message.number,
        kind=kind,
        author=author,
        text=str(activity.name) if activity else message.text,
        at=message.sent_at,
        icon=activity.icon if activity else "",
        skill=states.skill_name(message.skill) if message.skill else "",
        grounds=grounds_of(message.evidence),
        erased=message.erased,
        failed=message.status is MessageStatus.FAILED,
        day="",
    )


def _who(message: MessageView, name: str) -> tuple[str, str]:
    if message.direction is Direction.ACTIVITY or message.author is AuthorKind.SYSTEM:
        return "activity", ""
    if message.author is AuthorKind.CUSTOMER:
        return "customer", name
    if message.author is AuthorKind.BOT:
        return "bot", _("Assistant")
    staff = message.staff.name if message.staff else _("Staff")
    return ("note", _("%(name)s, only for us") % {"name": staff}) if message.private else ("staff", staff)


def _day(day: date, today: date, language: str) -> str:
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if day.year == today.year:
        return f"{formatting.weekday(day, language)}, {formatting.day_and_month(day, language)}"
    return formatting.long_date(day, language)
