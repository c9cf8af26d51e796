"""The programme and the units it counts in."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel


class Programme(TenantModel):
    """A loyalty programme; its days begin and end in ``timezone``."""

    code = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    timezone = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "loyalty_programme"
        constraints = (models.UniqueConstraint(fields=["organization", "code"], name="programme_once"),)


class Unit(TenantModel):
    """What is counted: points, stamps, status credit.

    ``forms`` holds by language the forms for one, few and many; ``worth_amount`` of the programme's currency (smallest
    unit) is what ``worth_points`` are worth, where that is told to members.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.SlugField(max_length=40, db_index=False)
    forms = models.JSONField()
    worth_points = models.BigIntegerField(null=True)
    worth_amount = models.BigIntegerField(null=True)
    position = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "loyalty_unit"
        constraints = (
            models.UniqueConstraint(fields=["organization", "programme", "code"], name="unit_once"),
            models.CheckConstraint(
                condition=Q(worth_points__isnull=True, worth_amount__isnull=True)
                | Q(worth_points__gt=0, worth_amount__gte=0),
                name="unit_worth_whole",
            ),
        )
