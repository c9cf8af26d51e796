"""Where the dialogue of a conversation stands."""

from uuid import UUID

import msgspec

from bywalec.assistant.dialogue.state import State
from bywalec.assistant.models import DialogueState
from bywalec.foundation import crypto

STATE_FIELD = "assistant.dialogue_state.state"


def dialogue_state(conversation_id: UUID) -> State:
    """The state of a conversation; a fresh one when there is none, or when it can no longer be read.

    A state of an older shape that this version cannot decode is forgotten: the customer is asked again.
    """
    row = DialogueState.objects.filter(conversation_id=conversation_id).first()
    if row is None:
        return State()
    try:
        text = crypto.unseal(subject=row.contact_id, field=STATE_FIELD, row=row.id, blob=row.state_sealed)
        return msgspec.json.decode(text, type=State)
    except (crypto.Erased, msgspec.DecodeError):
        return State()
