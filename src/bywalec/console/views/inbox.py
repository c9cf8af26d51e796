"""The inbox: the queue, the open conversation, the customer beside it."""

from uuid import UUID

from django.http import HttpResponse

from bywalec.console.permissions import requires
from bywalec.console.showing.person import person_of
from bywalec.console.showing.queue import Queue, asked_view, queue_of
from bywalec.console.showing.talk import Talk, talk_of
from bywalec.console.templatetags.console import language
from bywalec.console.visit import Visit
from bywalec.inbox.actions.staff import mark_seen


@requires("inbox.read")
def inbox(visit: Visit) -> HttpResponse:
    """Show the queue, nothing open."""
    with visit.reading():
        return visit.page("console/inbox/page.html", {"queue": _queue(visit, None), "pane": "queue"})


@requires("inbox.read")
def conversation(visit: Visit, conversation_id: UUID) -> HttpResponse:
    """Show a conversation between the queue and its customer."""
    return _opened(visit, conversation_id, pane="talk")


@requires("inbox.read")
def person(visit: Visit, conversation_id: UUID) -> HttpResponse:
    """Show the customer of a conversation; on a phone in place of the conversation, else beside it."""
    return _opened(visit, conversation_id, pane="person")


@requires("inbox.read")
def rows(visit: Visit) -> HttpResponse:
    """Show the rows of the queue anew: the stream said that something moved, or a minute passed."""
    with visit.reading():
        queue = _queue(visit, _uuid(visit.request.GET.get("open")))
        return visit.page("console/inbox/rows.html", {"queue": queue, "swap": True})


@requires("inbox.read")
def news(visit: Visit, conversation_id: UUID) -> HttpResponse:
    """Show what is new in the open conversation: messages after the last one shown, whose turn it is."""
    after = visit.request.GET.get("after", "0")
    with visit.reading():
        talk = _talk(visit, conversation_id, int(after) if after.isdigit() else 0)
        response = visit.page("console/inbox/news.html", {"talk": talk})
    _mark_seen(visit, talk)
    return response


def _opened(visit: Visit, conversation_id: UUID, *, pane: str) -> HttpResponse:
    with visit.reading():
        talk = _talk(visit, conversation_id)
        queue = _queue(visit, conversation_id)
        context = {"queue": queue, "talk": talk, "person": person_of(talk.conversation), "pane": pane}
        response = visit.page("console/inbox/page.html", context)
    _mark_seen(visit, talk)
    return response


def _mark_seen(visit: Visit, talk: Talk) -> None:
    """Note what was shown as seen; where nothing is new, nothing is written and no lock is taken."""
    if talk.conversation.seen_up_to < talk.last_number:
        with visit.writing():
            mark_seen(conversation_id=talk.id)


def _queue(visit: Visit, opened: UUID | None) -> Queue:
    view = asked_view(visit.request.GET.get("view"))
    return queue_of(view=view, counts=visit.counts or {}, staff_id=visit.staff.id, opened=opened)


def _talk(visit: Visit, conversation_id: UUID, after: int = 0) -> Talk:
    zone = visit.organization.timezone
    return talk_of(conversation_id, viewer=visit.staff, zone=zone, language=language(), after=after)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
