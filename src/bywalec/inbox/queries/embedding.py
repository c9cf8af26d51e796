"""May a web page speak with an inbox? Doors ask before they do anything, and again for the conversation's own inbox."""

from uuid import UUID

from bywalec.inbox.errors import OriginRefused
from bywalec.inbox.models import Inbox


def origin_known(origin: str) -> bool:
    """Say whether any active inbox of the current scope may stand on an origin."""
    return any(
        origin in allowed for allowed in Inbox.objects.filter(active=True).values_list("allowed_origins", flat=True)
    )


def check_origin(inbox_id: UUID, origin: str) -> None:
    """Check that an inbox of the current scope may stand on an origin, as browsers send it.

    Raises:
        OriginRefused: the shop did not allow it.
    """
    allowed = Inbox.objects.filter(id=inbox_id, active=True).values_list("allowed_origins", flat=True).first()
    if origin not in (allowed or ()):
        raise OriginRefused(field="Origin", value=origin)
