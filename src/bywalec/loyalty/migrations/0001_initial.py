import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import bywalec.foundation.ids
from bywalec.foundation.append_only import refuse_changes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("foundation", "0001_initial"),
        ("store", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("currency", models.CharField(max_length=3)),
                ("timezone", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "loyalty_programme",
                "constraints": [models.UniqueConstraint(fields=("organization", "code"), name="programme_once")],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.programme",
                    ),
                ),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("forms", models.JSONField()),
                ("worth_points", models.BigIntegerField(null=True)),
                ("worth_amount", models.BigIntegerField(null=True)),
                ("position", models.SmallIntegerField(default=0)),
            ],
            options={
                "db_table": "loyalty_unit",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "programme", "code"), name="unit_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("worth_amount__isnull", True), ("worth_points__isnull", True)),
                            models.Q(("worth_amount__gte", 0), ("worth_points__gt", 0)),
                            _connector="OR",
                        ),
                        name="unit_worth_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.programme",
                    ),
                ),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("kind", models.CharField(choices=[("earning", "Earning"), ("policy", "Policy")], max_length=10)),
                ("version", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "loyalty_rule_version",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "programme", "code", "version"), name="rule_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="rule_version_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reward",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.programme",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.unit"
                    ),
                ),
                ("code", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("description", models.CharField(blank=True, max_length=500)),
                ("points", models.BigIntegerField()),
                ("stock", models.BigIntegerField(null=True)),
                ("active", models.BooleanField(default=True)),
            ],
            options={
                "db_table": "loyalty_reward",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "programme", "code"), name="reward_once"),
                    models.CheckConstraint(condition=models.Q(("points__gt", 0)), name="reward_costs_points"),
                    models.CheckConstraint(
                        condition=models.Q(("stock__isnull", True), ("stock__gte", 0), _connector="OR"),
                        name="reward_stock_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.programme",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                ("card_sealed", models.BinaryField(null=True)),
                ("card_index", models.BinaryField(max_length=32, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "Active"), ("blocked", "Blocked"), ("closed", "Closed")],
                        default="active",
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("enrolled_at", models.DateTimeField()),
            ],
            options={
                "db_table": "loyalty_member",
                "indexes": [models.Index(fields=["organization", "customer"], name="member_by_customer")],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "programme", "customer"), name="member_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("card_index__isnull", False)),
                        fields=("organization", "card_index"),
                        name="card_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.unit"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.member",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("pending", "Pending"),
                            ("held", "Held"),
                            ("debt", "Debt"),
                            ("issued", "Issued"),
                            ("redeemed", "Redeemed"),
                            ("expired", "Expired"),
                            ("adjusted", "Adjusted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("balance", models.BigIntegerField(null=True)),
                ("sequence", models.BigIntegerField(null=True)),
                ("position", models.BigIntegerField(null=True)),
                ("lots", models.BigIntegerField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "loyalty_account",
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)),
                        fields=["organization", "due_at"],
                        name="account_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("member__isnull", False)),
                        fields=("organization", "member", "unit", "kind"),
                        name="member_account_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("member__isnull", True)),
                        fields=("organization", "unit", "kind"),
                        name="programme_account_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("balance__isnull", False),
                                ("kind__in", ("active", "pending", "held", "debt")),
                                ("member__isnull", False),
                                ("sequence__gte", 0),
                            ),
                            models.Q(
                                ("balance__isnull", True),
                                ("kind__in", ("issued", "redeemed", "expired", "adjusted")),
                                ("member__isnull", True),
                                ("sequence__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="account_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("balance__isnull", True),
                            models.Q(("balance__lte", 0), ("kind", "debt")),
                            models.Q(models.Q(("kind", "debt"), _negated=True), ("balance__gte", 0)),
                            _connector="OR",
                        ),
                        name="account_sign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "active"), ("lots__gte", 0), ("position__gte", 0)),
                            models.Q(
                                models.Q(("kind", "active"), _negated=True),
                                ("due_at__isnull", True),
                                ("lots__isnull", True),
                                ("position__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="account_wallet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transaction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("earn", "Earn"),
                            ("activate", "Activate"),
                            ("expire", "Expire"),
                            ("redeem", "Redeem"),
                            ("hold", "Hold"),
                            ("capture", "Capture"),
                            ("release", "Release"),
                            ("reverse", "Reverse"),
                            ("adjust", "Adjust"),
                        ],
                        max_length=10,
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=255, null=True)),
                ("body_hash", models.BinaryField(max_length=32, null=True)),
                ("answer", models.TextField(null=True)),
                (
                    "reverses",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.transaction",
                    ),
                ),
                (
                    "rule_version",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.ruleversion",
                    ),
                ),
                ("source_kind", models.CharField(blank=True, max_length=20)),
                ("source", models.UUIDField(null=True)),
                ("actor_kind", models.CharField(max_length=12)),
                ("actor", models.UUIDField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "loyalty_transaction",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key__isnull", False)),
                        fields=("organization", "idempotency_key"),
                        name="idempotency_key_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=("organization", "reverses"),
                        name="reversed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("idempotency_key__isnull", True),
                            models.Q(("answer__isnull", False), ("body_hash__isnull", False)),
                            _connector="OR",
                        ),
                        name="idempotency_answer_kept",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.transaction",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.account",
                    ),
                ),
                ("sequence", models.BigIntegerField(null=True)),
                ("position", models.BigIntegerField(null=True)),
                ("amount", models.BigIntegerField()),
                ("balance_before", models.BigIntegerField(null=True)),
                ("balance_after", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "loyalty_entry",
                "indexes": [models.Index(fields=["organization", "transaction"], name="entry_by_transaction")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("sequence__isnull", False)),
                        fields=("organization", "account", "sequence"),
                        name="entry_sequence_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="entry_amount_not_zero"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "balance_after",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("balance_before"), "+", models.F("amount")
                                    ),
                                ),
                                ("position__gt", 0),
                                ("sequence__gt", 0),
                            ),
                            models.Q(
                                ("balance_after__isnull", True),
                                ("balance_before__isnull", True),
                                ("position__isnull", True),
                                ("sequence__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="entry_balance_chain",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.account",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.entry",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.purchaseline",
                    ),
                ),
                ("sequence", models.BigIntegerField()),
                ("priority", models.SmallIntegerField(default=0)),
                ("amount", models.BigIntegerField()),
                ("remaining", models.BigIntegerField()),
                ("held", models.BigIntegerField(default=0)),
                ("expired", models.BigIntegerField(default=0)),
                ("activated", models.BooleanField()),
                ("active_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "loyalty_lot",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("remaining__gt", 0)),
                        fields=("organization", "account", "sequence"),
                        name="open_lot_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held__gte", 0),
                            ("held__lte", models.F("remaining")),
                            ("remaining__lte", models.F("amount")),
                        ),
                        name="lot_within_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expired__gte", 0),
                            (
                                "expired__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("amount"), "-", models.F("remaining")
                                ),
                            ),
                        ),
                        name="lot_expired_within_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("id", models.F("entry"))), name="lot_has_id_of_its_entry"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.entry",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.lot"
                    ),
                ),
                ("amount", models.BigIntegerField()),
            ],
            options={
                "db_table": "loyalty_allocation",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "entry", "lot"), name="allocation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="allocation_not_zero"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redemption",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.member",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.unit"
                    ),
                ),
                (
                    "reward",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.reward",
                    ),
                ),
                (
                    "till",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.till",
                    ),
                ),
                ("points", models.BigIntegerField()),
                ("code", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held"),
                            ("completed", "Completed"),
                            ("released", "Released"),
                            ("lapsed", "Lapsed"),
                            ("reversed", "Reversed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "loyalty_redemption",
                "indexes": [models.Index(fields=["organization", "member", "created_at"], name="redemption_by_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "code"), name="redemption_code_once"),
                    models.CheckConstraint(condition=models.Q(("points__gt", 0)), name="redemption_points_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.account",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.transaction",
                    ),
                ),
                (
                    "redemption",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.redemption",
                    ),
                ),
                ("amount", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("live", "Live"),
                            ("captured", "Captured"),
                            ("released", "Released"),
                            ("lapsed", "Lapsed"),
                        ],
                        default="live",
                        max_length=10,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "loyalty_hold",
                "indexes": [models.Index(fields=["organization", "account", "state"], name="hold_by_account")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="hold_amount_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldPart",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "hold",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.hold"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.lot"
                    ),
                ),
                ("amount", models.BigIntegerField()),
            ],
            options={
                "db_table": "loyalty_hold_part",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "hold", "lot"), name="hold_part_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="hold_part_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Earning",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
                (
                    "purchase",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="store.purchase",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.member",
                    ),
                ),
                (
                    "transaction",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loyalty.transaction",
                    ),
                ),
                ("waterfall", models.JSONField()),
            ],
            options={
                "db_table": "loyalty_earning",
                "constraints": [models.UniqueConstraint(fields=("organization", "purchase"), name="earning_once")],
            },
        ),
        refuse_changes("loyalty_rule_version"),
        refuse_changes("loyalty_transaction"),
        refuse_changes("loyalty_entry"),
        refuse_changes("loyalty_allocation"),
        refuse_changes("loyalty_hold_part"),
    ]
