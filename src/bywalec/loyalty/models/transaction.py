"""Ledger transactions and their entries: written once, never changed, never deleted (triggers refuse it)."""

from django.db import models
from django.db.models import F, Q

from bywalec.foundation.append_only import AppendOnly


class Transaction(AppendOnly):
    """One movement of points with its cause and the answer that was given.

    ``source_kind`` and ``source`` name what it came from (purchase, redemption, hold). A purchase that gives nothing is
    a transaction without entries: it was considered, and its answer is kept.
    """

    class Kind(models.TextChoices):
        """Kinds of movements."""

        EARN = "earn"
        ACTIVATE = "activate"
        EXPIRE = "expire"
        REDEEM = "redeem"
        HOLD = "hold"
        CAPTURE = "capture"
        RELEASE = "release"
        REVERSE = "reverse"
        ADJUST = "adjust"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    idempotency_key = models.CharField(max_length=255, null=True)
    body_hash = models.BinaryField(max_length=32, null=True)
    answer = models.TextField(null=True)
    reverses = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    rule_version = models.ForeignKey(
        "loyalty.RuleVersion", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source_kind = models.CharField(max_length=20, blank=True)
    source = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=12)
    actor = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "loyalty_transaction"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "idempotency_key"],
                condition=Q(idempotency_key__isnull=False),
                name="idempotency_key_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "reverses"], condition=Q(reverses__isnull=False), name="reversed_once"
            ),
            models.CheckConstraint(
                condition=Q(idempotency_key__isnull=True) | Q(body_hash__isnull=False, answer__isnull=False),
                name="idempotency_answer_kept",
            ),
        )


class Entry(AppendOnly):
    """One side of a transaction.

    On a member's account ``sequence`` is dense from 1 and the balance chains from entry to entry; ``position`` numbers
    the entries of the whole wallet (the member's four accounts in the unit).
    """

    transaction = models.ForeignKey(Transaction, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey("loyalty.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    sequence = models.BigIntegerField(null=True)
    position = models.BigIntegerField(null=True)
    amount = models.BigIntegerField()
    balance_before = models.BigIntegerField(null=True)
    balance_after = models.BigIntegerField(null=True)

    class Meta:
        db_table = "loyalty_entry"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "account", "sequence"],
                condition=Q(sequence__isnull=False),
                name="entry_sequence_once",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="entry_amount_not_zero"),
            models.CheckConstraint(
                condition=Q(sequence__gt=0, position__gt=0, balance_after=F("balance_before") + F("amount"))
                | Q(
                    sequence__isnull=True,
                    position__isnull=True,
                    balance_before__isnull=True,
                    balance_after__isnull=True,
                ),
                name="entry_balance_chain",
            ),
        )
        indexes = (models.Index(fields=["organization", "transaction"], name="entry_by_transaction"),)
