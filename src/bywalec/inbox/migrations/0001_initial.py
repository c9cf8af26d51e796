import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import bywalec.foundation.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("foundation", "0001_initial"),
        ("foundation", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source_index", models.BinaryField(max_length=32)),
                ("source_sealed", models.BinaryField(null=True)),
                ("display_name_sealed", models.BinaryField(null=True)),
                (
                    "identity_level",
                    models.CharField(
                        choices=[("none", "none"), ("known", "known"), ("verified", "verified")],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("identity_how", models.CharField(blank=True, max_length=30)),
                ("identified_at", models.DateTimeField(null=True)),
                ("identity_until", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="customers.customer",
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
                "db_table": "inbox_contact",
                "indexes": [models.Index(fields=["organization", "customer"], name="contact_by_customer")],
            },
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("web", "web")], max_length=12)),
                ("name", models.CharField(max_length=120)),
                ("public_key", models.CharField(max_length=40)),
                ("secret_sealed", models.BinaryField()),
                ("allowed_origins", models.JSONField(default=list)),
                ("bot_name", models.CharField(max_length=60)),
                ("greeting", models.JSONField(default=dict)),
                ("accent", models.CharField(blank=True, max_length=30)),
                ("settings", models.JSONField(default=dict)),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
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
                "db_table": "inbox_inbox",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "public_key"), name="inbox_public_key_once"),
                    models.UniqueConstraint(fields=("organization", "name"), name="inbox_name_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "pending"),
                            ("open", "open"),
                            ("snoozed", "snoozed"),
                            ("resolved", "resolved"),
                        ],
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("last_number", models.PositiveIntegerField(default=0)),
                ("last_incoming", models.PositiveIntegerField(default=0)),
                ("answered_up_to", models.PositiveIntegerField(default=0)),
                ("seen_up_to", models.PositiveIntegerField(default=0)),
                ("lease_token", models.UUIDField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("bot_paused_until", models.DateTimeField(null=True)),
                ("language", models.CharField(max_length=5)),
                ("token_hash", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("last_activity_at", models.DateTimeField()),
                ("waiting_since", models.DateTimeField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                (
                    "assigned_staff",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.contact",
                    ),
                ),
                (
                    "continues",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inbox.conversation",
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
                    "inbox",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.inbox"
                    ),
                ),
            ],
            options={
                "db_table": "inbox_conversation",
                "indexes": [
                    models.Index(fields=["organization", "status", "last_activity_at"], name="conversation_queue"),
                    models.Index(fields=["organization", "contact", "created_at"], name="conversation_by_contact"),
                    models.Index(
                        condition=models.Q(("last_incoming__gt", models.F("answered_up_to")), ("status", "pending")),
                        fields=["organization", "last_activity_at"],
                        name="conversation_unanswered",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("continues__isnull", False)),
                        fields=("organization", "continues"),
                        name="conversation_continued_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_incoming__lte", models.F("last_number")),
                            ("answered_up_to__lte", models.F("last_number")),
                        ),
                        name="conversation_counters",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="inbox",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.inbox"
            ),
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "direction",
                    models.CharField(
                        choices=[("incoming", "incoming"), ("outgoing", "outgoing"), ("activity", "activity")],
                        max_length=8,
                    ),
                ),
                (
                    "author_kind",
                    models.CharField(
                        choices=[("customer", "customer"), ("bot", "bot"), ("staff", "staff"), ("system", "system")],
                        max_length=8,
                    ),
                ),
                ("author_id", models.UUIDField(null=True)),
                ("text_sealed", models.BinaryField()),
                ("private", models.BooleanField(default=False)),
                ("client_id", models.CharField(max_length=64, null=True)),
                ("source_id", models.CharField(max_length=200, null=True)),
                ("skill", models.CharField(blank=True, max_length=60)),
                ("activity", models.CharField(blank=True, max_length=20)),
                ("evidence_sealed", models.BinaryField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[("sent", "sent"), ("delivered", "delivered"), ("read", "read"), ("failed", "failed")],
                        default="sent",
                        max_length=9,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="inbox.conversation",
                    ),
                ),
                (
                    "inbox",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inbox.inbox"
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
                "db_table": "inbox_message",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "conversation", "number"), name="message_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("client_id__isnull", False)),
                        fields=("organization", "conversation", "client_id"),
                        name="message_client_id_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source_id__isnull", False)),
                        fields=("organization", "inbox", "source_id"),
                        name="message_source_id_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("private", False),
                            models.Q(("author_kind", "staff"), ("direction", "outgoing")),
                            _connector="OR",
                        ),
                        name="message_private_is_staff",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("message", "message"),
                            ("typing", "typing"),
                            ("status", "status"),
                            ("handoff", "handoff"),
                        ],
                        max_length=8,
                    ),
                ),
                ("data", models.JSONField(default=dict)),
                ("private", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="inbox.conversation",
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
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="inbox.message",
                    ),
                ),
            ],
            options={
                "db_table": "inbox_conversation_event",
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "conversation", "number"), name="event_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Handoff",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=bywalec.foundation.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=40)),
                (
                    "requested_by",
                    models.CharField(
                        choices=[("customer", "customer"), ("bot", "bot"), ("staff", "staff"), ("system", "system")],
                        max_length=8,
                    ),
                ),
                ("summary_sealed", models.BinaryField()),
                ("facts_sealed", models.BinaryField()),
                (
                    "identity_level",
                    models.CharField(
                        choices=[("none", "none"), ("known", "known"), ("verified", "verified")], max_length=8
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("claimed", "claimed"),
                            ("returned", "returned"),
                            ("closed", "closed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "claimed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="inbox.conversation",
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
                "db_table": "inbox_handoff",
                "indexes": [
                    models.Index(fields=["organization", "conversation", "created_at"], name="handoff_by_conversation")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "claimed"])),
                        fields=("organization", "conversation"),
                        name="handoff_alive_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                fields=("organization", "inbox", "source_index"), name="contact_source_once"
            ),
        ),
    ]
