"""The outbox: messages to customers that wait for a channel, with their texts."""

from django.conf import settings
from django.http import HttpResponse

from bywalec.console import states
from bywalec.console.permissions import requires
from bywalec.console.visit import PAGE_SIZE, Visit
from bywalec.foundation import messaging


@requires("outbox.read")
def outbox(visit: Visit) -> HttpResponse:
    """List queued and sent messages, newest first."""
    before = visit.cursor("before")
    with visit.reading():
        found = messaging.outbox(limit=PAGE_SIZE + 1, before=before)
        shown = [
            {
                "message": one,
                "state": states.OUTBOX.get(one.state, states.UNKNOWN),
                "purpose": states.purpose_name(one.purpose),
            }
            for one in found[:PAGE_SIZE]
        ]
        older = f"?before={found[PAGE_SIZE - 1].id}" if len(found) > PAGE_SIZE else ""
        context = {"messages_shown": shown, "older": older, "before": before, "demo": settings.BYWALEC_DEMO}
        return visit.page("console/outbox.html", context)
