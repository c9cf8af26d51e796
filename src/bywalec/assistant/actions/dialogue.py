"""Keeping where a dialogue stands."""

from uuid import UUID

import msgspec

from bywalec.assistant.dialogue.state import State
from bywalec.assistant.models import DialogueState
from bywalec.assistant.queries.dialogue import STATE_FIELD
from bywalec.foundation import clock, crypto, tenancy
from bywalec.foundation.ids import new_id


def keep_state(*, conversation_id: UUID, contact_id: UUID, state: State) -> None:
    """Write the state of a conversation, sealed under the key of its contact, in the current unit of work."""
    row = DialogueState.objects.filter(conversation_id=conversation_id).first()
    fresh = row is None
    if row is None:
        row = DialogueState(
            id=new_id(),
            organization_id=tenancy.current(),
            conversation_id=conversation_id,
            contact_id=contact_id,
            version=0,
        )
    text = msgspec.json.encode(state).decode()
    row.state_sealed = crypto.seal(subject=row.contact_id, field=STATE_FIELD, row=row.id, text=text)
    row.version += 1
    row.updated_at = clock.now()
    row.save(force_insert=fresh)
