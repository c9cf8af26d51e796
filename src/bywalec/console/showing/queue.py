"""The queue as a consultant reads it: who waits, how long, what they said last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bywalec.console import states
from bywalec.console.showing.names import contact_name, customers_of, span
from bywalec.console.states import State
from bywalec.foundation import clock
from bywalec.inbox.queries.messages import MessageView
from bywalec.inbox.queries.queue import QueueFilter, QueueLine, View, queue
from bywalec.inbox.rules.kinds import AuthorKind, ConversationStatus

WAIT_WARN_MINUTES: Final = 5
WAIT_BAD_MINUTES: Final = 15
PREVIEW_LENGTH: Final = 140
QUEUE_SIZE: Final = 60

VIEWS: Final[dict[View, str | Promise]] = {
    View.WAITING: pgettext_lazy("conversations", "Open"),
    View.MINE: gettext_lazy("Mine"),
    View.BOT: gettext_lazy("Bot"),
    View.RESOLVED: gettext_lazy("Closed"),
}


@dataclass(frozen=True, slots=True)
class QueueTab:
    """A part of the queue one can look at."""

    view: View
    name: str | Promise
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One conversation in the queue. ``wait`` is empty where nobody waits; then ``at`` says when it last moved."""

    id: UUID
    href: str
    name: str
    said: str
    state: State
    handler: str
    reason: str
    wait: str
    wait_tone: str
    at: datetime
    unread: int
    current: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue pane."""

    view: View
    tabs: tuple[QueueTab, ...]
    rows: tuple[QueueRow, ...]
    waiting: int


def queue_of(*, view: View, counts: Mapping[View, int], staff_id: UUID, opened: UUID | None) -> Queue:
    """Return the queue as one staff member sees it, with the open conversation marked.

    Args:
        view: the part of the queue.
        counts: conversations in each part.
        staff_id: who looks.
        opened: the open conversation, which nobody needs to be told of any more.
    """
    lines = queue(QueueFilter(view, staff_id=staff_id), limit=QUEUE_SIZE)
    known = customers_of(line.contact for line in lines)
    now = clock.now()
    rows = tuple(
        _row(
            line,
            name=contact_name(line.contact, known.get(line.contact.customer_id) if line.contact.customer_id else None),
            view=view,
            current=line.id == opened,
            now=now,
        )
        for line in lines
    )
    tabs = tuple(QueueTab(one, name, counts.get(one), one is view) for one, name in VIEWS.items())
    return Queue(view, tabs, rows, counts.get(View.WAITING, 0))


def asked_view(text: str | None) -> View:
    """Return the view a query string names; what waits, when it names none."""
    return View(text) if text in {view.value for view in VIEWS} else View.WAITING


def conversation_state(status: ConversationStatus, *, assigned: bool) -> State:
    """Return the state of a conversation as people call it: open means waiting until somebody has it."""
    key = "handled" if status is ConversationStatus.OPEN and assigned else str(status)
    return states.CONVERSATION.get(key, states.UNKNOWN)


def _row(line: QueueLine, *, name: str, view: View, current: bool, now: datetime) -> QueueRow:
    wait, tone = _wait(line.waiting_since, now)
    return QueueRow(
        id=line.id,
        href=f"{reverse('console:conversation', args=[line.id])}?view={view}",
        name=name,
        said=_said(line.last_message),
        state=conversation_state(line.status, assigned=line.assigned is not None),
        handler=line.assigned.name if line.assigned else "",
        reason=states.handoff_reason(line.handoff_reason) if line.handoff_reason else "",
        wait=wait,
        wait_tone=tone,
        at=line.last_activity_at,
        unread=0 if current else line.unread,
        current=current,
    )


def _wait(since: datetime | None, now: datetime) -> tuple[str, str]:
    if since is None:
        return "", ""
    minutes = (now - since).total_seconds() / 60
    tone = "bad" if minutes >= WAIT_BAD_MINUTES else "warn" if minutes >= WAIT_WARN_MINUTES else "neutral"
    return span(now - since), tone


def _said(message: MessageView | None) -> str:
    if message is None:
        return _("Nothing has been written yet")
    if message.erased:
        return _("Erased text")
    text = " ".join(message.text.split())[:PREVIEW_LENGTH]
    if message.author is AuthorKind.CUSTOMER:
        return text
    who = _("Assistant") if message.author is AuthorKind.BOT else message.staff.given_name if message.staff else ""
    return f"{who}: {text}" if who else text
