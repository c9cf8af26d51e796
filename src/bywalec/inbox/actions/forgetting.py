"""Forgetting what a person wrote once they were erased."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from bywalec.foundation import audit, clock, crypto
from bywalec.inbox.models import Contact, Conversation, Handoff
from bywalec.inbox.rules.kinds import LIVE_HANDOFFS, ConversationStatus, HandoffState, IdentityLevel

INDEX_BYTES = 32


def forget_contacts_of(customers: Sequence[UUID]) -> None:
    """Make all that customers wrote on any channel unreadable for good; repeating it does nothing more.

    The keys of their contacts are destroyed, their channel addresses forgotten, their conversations closed to tokens.
    Rows with times and numbers stay: they name nobody.
    """
    contacts = list(Contact.objects.filter(customer_id__in=list(customers)).values_list("id", flat=True))
    for contact_id in contacts:
        crypto.destroy_key(contact_id)
        Contact.objects.filter(id=contact_id).update(
            source_index=secrets.token_bytes(INDEX_BYTES),
            source_sealed=None,
            display_name_sealed=None,
            identity_level=IdentityLevel.NONE,
            identity_how="",
        )
        audit.record("inbox.forget_contact", subject_kind="contact", subject=contact_id)
    conversations = Conversation.objects.filter(contact_id__in=contacts)
    Handoff.objects.filter(conversation__in=conversations, state__in=LIVE_HANDOFFS).update(
        state=HandoffState.CLOSED, ended_at=clock.now()
    )
    conversations.exclude(token_hash="").update(
        status=ConversationStatus.RESOLVED,
        version=F("version") + 1,
        token_hash="",
        resolved_at=clock.now(),
        answered_up_to=F("last_number"),
        lease_token=None,
        lease_until=None,
        waiting_since=None,
    )
