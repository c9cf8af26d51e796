"""The audit log: what staff, programs and the system did, append-only, without plain personal data."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class AuditRecord(TenantModel):
    """One action. ``sequence``, ``previous_hash`` and ``hash`` are filled by the sealer, off the hot path."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    sequence = models.BigIntegerField(null=True)
    previous_hash = models.BinaryField(null=True)
    hash = models.BinaryField(null=True)

    class Meta:
        db_table = "foundation_audit_record"
        constraints = (models.UniqueConstraint(fields=["organization", "sequence"], name="audit_sequence_once"),)
        indexes = (
            models.Index(fields=["organization", "subject", "at"], name="audit_by_subject"),
            models.Index(fields=["organization", "at"], name="audit_by_time"),
        )
