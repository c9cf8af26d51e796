"""When a shop is open: each weekday's intervals, and single days that differ."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class ShopHours(TenantModel):
    """One interval of a weekday, in minutes after midnight local time; a weekday may have several."""

    shop = models.ForeignKey("foundation.Shop", on_delete=models.CASCADE, related_name="+", db_index=False)
    weekday = models.SmallIntegerField()
    opens_minute = models.SmallIntegerField()
    closes_minute = models.SmallIntegerField()

    class Meta:
        db_table = "store_shop_hours"
        constraints = (
            models.UniqueConstraint(fields=["organization", "shop", "weekday", "opens_minute"], name="shop_hours_once"),
            models.CheckConstraint(condition=models.Q(weekday__range=(1, 7)), name="shop_hours_iso_weekday"),
            models.CheckConstraint(
                condition=models.Q(opens_minute__gte=0, closes_minute__lte=1440)
                & models.Q(closes_minute__gt=models.F("opens_minute")),
                name="shop_hours_within_a_day",
            ),
        )


class SpecialDay(TenantModel):
    """A date that differs from its weekday: other intervals (pairs of minutes), or none when the shop is closed."""

    shop = models.ForeignKey("foundation.Shop", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    intervals = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "store_special_day"
        constraints = (models.UniqueConstraint(fields=["organization", "shop", "day"], name="special_day_once"),)
