"""The widget's inbox and the till's key: the doors through which customers and the till come in."""

from collections.abc import Sequence
from uuid import UUID

from bywalec.cli.demo.loading.place import Place
from bywalec.cli.demo.notes import Keys
from bywalec.cli.demo.shop import Shop, Widget
from bywalec.foundation import api_keys, tenancy
from bywalec.inbox.actions.inboxes import create_inbox, update_inbox
from bywalec.inbox.queries.inboxes import InboxInfo, inboxes, signing_secret

TILL_SCOPES = (
    "purchases:write",
    "purchases:read",
    "members:read",
    "members:write",
    "redemptions:write",
    "transactions:reverse",
)


def open_counter(place: Place, shop: Shop) -> Keys:
    """Return fresh keys; the inbox is made on first need."""
    with tenancy.scope(place.organization):
        widget = _widget(shop.widget) or create_inbox(name=shop.widget.name, bot_name=shop.widget.bot_name)
        key = api_keys.issue(name=shop.till.name, scopes=TILL_SCOPES, till=place.till)
        return Keys(till=key.token, inbox=widget.token, inbox_secret=signing_secret(widget.id))


def allow_origins(organization: UUID, shop: Shop, origins: Sequence[str]) -> None:
    """Let the widget stand on the addresses at which the demo is served now."""
    with tenancy.scope(organization):
        widget = _widget(shop.widget)
        if widget is not None and not set(origins) <= set(widget.allowed_origins):
            update_inbox(inbox_id=widget.id, allowed_origins=origins)


def _widget(widget: Widget) -> InboxInfo | None:
    return next((inbox for inbox in inboxes() if inbox.name == widget.name), None)
