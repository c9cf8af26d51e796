"""Rules and policies as immutable, versioned documents."""

from django.db import models
from django.db.models import F, Q

from bywalec.foundation.append_only import AppendOnly


class RuleVersion(AppendOnly):
    """One version of a rule or policy; a change is a new version, nothing written is altered.

    At a moment the highest version with ``valid_from`` ≤ t counts, unless its own ``valid_to`` has passed.
    """

    class Kind(models.TextChoices):
        """What a document decides."""

        EARNING = "earning"
        POLICY = "policy"

    programme = models.ForeignKey("loyalty.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.SlugField(max_length=40, db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.PositiveIntegerField()
    document = models.JSONField()
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "loyalty_rule_version"
        constraints = (
            models.UniqueConstraint(fields=["organization", "programme", "code", "version"], name="rule_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="rule_version_period"
            ),
        )
