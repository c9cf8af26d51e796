"""Rules and policies as immutable, versioned documents."""

from django.db import models
from django.db.models import F, Q

from bywalec.foundation.models.tenant import TenantModel


class RuleVersion(TenantModel):
    """One version of a rule, in force while ``valid_from`` ≤ t < ``valid_to``.

    A change is a new version; of a written version only an open ``valid_to`` may be set, once.
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
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="rule_version_period"
            ),
        )
