"""Accounts of the double-entry ledger."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel

MEMBER_KINDS = ("active", "pending", "held", "debt")
PROGRAMME_KINDS = ("issued", "redeemed", "expired", "adjusted")


class Account(TenantModel):
    """An account in one unit, of a member or of the programme.

    A member's four accounts in a unit are the *wallet*; its ``active`` row is locked first and speaks for all four:
    ``position`` numbers the wallet's entries, ``lots`` counts its lots, and nothing in it falls due before ``due_at``.
    Programme accounts have no running balance: it would serialise every till.
    """

    class Kind(models.TextChoices):
        """Member accounts, then programme accounts. ``debt`` is zero or below."""

        ACTIVE = "active"
        PENDING = "pending"
        HELD = "held"
        DEBT = "debt"
        ISSUED = "issued"
        REDEEMED = "redeemed"
        EXPIRED = "expired"
        ADJUSTED = "adjusted"

    unit = models.ForeignKey("loyalty.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("loyalty.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    balance = models.BigIntegerField(null=True)
    sequence = models.BigIntegerField(null=True)
    position = models.BigIntegerField(null=True)
    lots = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "loyalty_account"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "member", "unit", "kind"],
                condition=Q(member__isnull=False),
                name="member_account_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "unit", "kind"],
                condition=Q(member__isnull=True),
                name="programme_account_once",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, kind__in=MEMBER_KINDS, balance__isnull=False, sequence__gte=0)
                | Q(member__isnull=True, kind__in=PROGRAMME_KINDS, balance__isnull=True, sequence__isnull=True),
                name="account_owner",
            ),
            models.CheckConstraint(
                condition=Q(balance__isnull=True) | Q(kind="debt", balance__lte=0) | Q(~Q(kind="debt"), balance__gte=0),
                name="account_sign",
            ),
            models.CheckConstraint(
                condition=Q(kind="active", position__gte=0, lots__gte=0)
                | Q(~Q(kind="active"), position__isnull=True, lots__isnull=True, due_at__isnull=True),
                name="account_wallet",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "due_at"], condition=Q(due_at__isnull=False), name="account_due"),
        )
