import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bywalec.foundation.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StaffUser",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("language", models.CharField(default="pl", max_length=5)),
                ("theme", models.CharField(default="auto", max_length=5)),
                ("is_active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "db_table": "foundation_staff_user",
            },
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("country", models.CharField(default="PL", max_length=2)),
                ("currency", models.CharField(default="PLN", max_length=3)),
                ("timezone", models.CharField(default="Europe/Warsaw", max_length=60)),
                ("language", models.CharField(default="pl", max_length=5)),
                ("accent", models.CharField(default="#0f766e", max_length=30)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "foundation_organization",
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True)),
            ],
            options={
                "db_table": "foundation_schedule",
            },
        ),
        migrations.CreateModel(
            name="TenantKey",
            fields=[
                ("organization", models.UUIDField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "keys_tenant_key",
            },
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("payload", models.JSONField()),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
            ],
            options={
                "db_table": "foundation_event",
                "indexes": [models.Index(fields=["organization", "kind", "at"], name="event_by_kind")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subscriber", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "Due"), ("done", "Done"), ("failed", "Failed")], default="due", max_length=8
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(null=True)),
                ("lease_token", models.UUIDField(null=True)),
                ("last_error", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "event",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="foundation.eventrow",
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
            ],
            options={
                "db_table": "foundation_delivery",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "due")), fields=["organization", "due_at"], name="delivery_due"
                    ),
                    models.Index(
                        condition=models.Q(("state", "failed")),
                        fields=["organization", "done_at"],
                        name="delivery_failed",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "event", "subscriber"), name="delivery_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=12)),
                ("actor", models.UUIDField(null=True)),
                ("actor_label", models.CharField(blank=True, max_length=120)),
                ("action", models.CharField(max_length=60)),
                ("subject_kind", models.CharField(max_length=40)),
                ("subject", models.UUIDField(null=True)),
                ("data", models.JSONField(default=dict)),
                ("sequence", models.BigIntegerField(null=True)),
                ("previous_hash", models.BinaryField(null=True)),
                ("hash", models.BinaryField(null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
            ],
            options={
                "db_table": "foundation_audit_record",
                "indexes": [
                    models.Index(fields=["organization", "subject", "at"], name="audit_by_subject"),
                    models.Index(fields=["organization", "at"], name="audit_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "sequence"), name="audit_sequence_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboxMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject", models.UUIDField()),
                ("channel", models.CharField(max_length=12)),
                ("purpose", models.CharField(max_length=60)),
                ("address_sealed", models.BinaryField()),
                ("text_sealed", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
            ],
            options={
                "db_table": "foundation_outbox_message",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["organization", "due_at"], name="outbox_queued"
                    ),
                    models.Index(fields=["organization", "created_at"], name="outbox_by_time"),
                    models.Index(fields=["organization", "subject"], name="outbox_by_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("subject", models.UUIDField(primary_key=True, serialize=False)),
                ("organization", models.UUIDField()),
                ("wrapped", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "keys_person_key",
                "indexes": [models.Index(fields=["organization", "created_at"], name="person_key_by_time")],
            },
        ),
        migrations.CreateModel(
            name="Shop",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("street", models.CharField(blank=True, max_length=120)),
                ("postal_code", models.CharField(blank=True, max_length=12)),
                ("city", models.CharField(blank=True, max_length=80)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("timezone", models.CharField(default="Europe/Warsaw", max_length=60)),
                ("open_on_all_sundays", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.organization",
                    ),
                ),
            ],
            options={
                "db_table": "foundation_shop",
                "constraints": [models.UniqueConstraint(fields=("organization", "code"), name="shop_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Till",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("active", models.BooleanField(default=True)),
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
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.shop",
                    ),
                ),
            ],
            options={
                "db_table": "foundation_till",
                "indexes": [models.Index(fields=["organization", "shop"], name="till_by_shop")],
                "constraints": [models.UniqueConstraint(fields=("organization", "code"), name="till_code_once")],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("secret_hash", models.CharField(max_length=64)),
                ("shown_prefix", models.CharField(max_length=12)),
                ("scopes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
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
                    "till",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="foundation.till",
                    ),
                ),
            ],
            options={
                "db_table": "foundation_api_key",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "secret_hash"), name="api_key_secret_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "owner"),
                            ("manager", "manager"),
                            ("consultant", "consultant"),
                            ("cashier", "cashier"),
                            ("trainer", "trainer"),
                            ("analyst", "analyst"),
                            ("privacy_officer", "privacy_officer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "db_table": "foundation_membership",
                "constraints": [models.UniqueConstraint(fields=("organization", "user"), name="membership_once")],
            },
        ),
    ]
