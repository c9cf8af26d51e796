"""What the foundation's tables hold about a person."""

from bywalec.foundation.registries import PersonalField, personal_data


def register() -> None:
    """List the personal columns; called once when the application starts."""
    personal_data(
        "foundation",
        {
            "foundation.StaffUser.email": PersonalField(subject="staff", export="e-mail", erase="anonymise"),
            "foundation.StaffUser.name": PersonalField(subject="staff", export="name", erase="anonymise"),
            "foundation.StaffUser.password": PersonalField(subject="staff", export=None, erase="clear"),
            "foundation.AuditRecord.actor_label": PersonalField(subject="staff", export="actor", erase="keep"),
            "foundation.OutboxMessage.subject": PersonalField(subject="customer", export=None, erase="keep"),
            "foundation.OutboxMessage.address_sealed": PersonalField(
                subject="customer", export="address", erase="shred"
            ),
            "foundation.OutboxMessage.text_sealed": PersonalField(subject="customer", export="message", erase="shred"),
        },
    )
