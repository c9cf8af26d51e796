"""What those who watch without holding anything ask once a second: has something moved?"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bywalec.inbox.models import Conversation
from bywalec.inbox.rules.kinds import ConversationStatus


def last_numbers(conversation_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return the number of the latest event of each conversation of the current scope."""
    return dict(Conversation.objects.filter(id__in=conversation_ids).values_list("id", "last_number"))


def latest_activity() -> datetime | None:
    """Return when anything last happened in any conversation of the current scope."""
    newest = [
        Conversation.objects.filter(status=status)
        .order_by("-last_activity_at")
        .values_list("last_activity_at", flat=True)
        .first()
        for status in ConversationStatus
    ]
    return max((moment for moment in newest if moment is not None), default=None)
