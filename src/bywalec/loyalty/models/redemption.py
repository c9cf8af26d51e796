"""What a member got, or wants to get, for points."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel


class Redemption(TenantModel):
    """A reward, or an amount of points, taken by a member; ``code`` is shown to whoever hands it over."""

    class State(models.TextChoices):
        """States of a redemption."""

        HELD = "held"
        COMPLETED = "completed"
        RELEASED = "released"
        LAPSED = "lapsed"
        REVERSED = "reversed"

    member = models.ForeignKey("loyalty.Member", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("loyalty.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    reward = models.ForeignKey("loyalty.Reward", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    till = models.ForeignKey("foundation.Till", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    points = models.BigIntegerField()
    code = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "loyalty_redemption"
        constraints = (
            models.UniqueConstraint(fields=["organization", "code"], name="redemption_code_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="redemption_points_positive"),
        )
        indexes = (models.Index(fields=["organization", "member", "created_at"], name="redemption_by_member"),)
