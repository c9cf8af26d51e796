"""What points can be spent on."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel


class Reward(TenantModel):
    """A reward with its price in points; ``stock`` is null when there is no limit."""

    programme = models.ForeignKey("loyalty.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("loyalty.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=500, blank=True)
    points = models.BigIntegerField()
    stock = models.BigIntegerField(null=True)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "loyalty_reward"
        constraints = (
            models.UniqueConstraint(fields=["organization", "programme", "code"], name="reward_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="reward_costs_points"),
            models.CheckConstraint(condition=Q(stock__isnull=True) | Q(stock__gte=0), name="reward_stock_not_negative"),
        )
