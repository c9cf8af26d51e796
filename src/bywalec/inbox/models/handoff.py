"""The hand-over of a conversation to a person."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel
from bywalec.inbox.models.conversation import Conversation
from bywalec.inbox.rules.kinds import AuthorKind, HandoffState, IdentityLevel


class Handoff(TenantModel):
    """Why a person is needed and all they must know; at most one is alive in a conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    reason = models.CharField(max_length=40)
    requested_by = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in AuthorKind])
    summary_sealed = models.BinaryField()
    facts_sealed = models.BinaryField()
    identity_level = models.CharField(max_length=8, choices=[(level.value, level.value) for level in IdentityLevel])
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in HandoffState])
    claimed_by = models.ForeignKey(
        "foundation.StaffUser", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    created_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbox_handoff"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "conversation"],
                condition=Q(state__in=["waiting", "claimed"]),
                name="handoff_alive_once",
            ),
        )
        indexes = (models.Index(fields=["organization", "conversation", "created_at"], name="handoff_by_conversation"),)
