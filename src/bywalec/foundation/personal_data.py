"""What the foundation's tables hold about a person."""

from bywalec.foundation.registries import PersonalField, personal_data

_THE_SHOPS_OWN = "about the shop as a business"
_NOT_PERSONAL = {
    "foundation.ApiKey.name": "the name of a till or an integration",
    "foundation.ApiKey.scopes": "words of the program",
    "foundation.ApiKey.shown_prefix": "the start of a key's secret",
    "foundation.AuditRecord.action": "a word of the program",
    "foundation.AuditRecord.data": "ids and numbers; `audit.record` takes no personal data",
    "foundation.Delivery.last_error": "a message of the program",
    "foundation.Delivery.subscriber": "a word of the program",
    "foundation.EventRow.payload": "ids and numbers; facts carry no personal data",
    "foundation.Organization.name": _THE_SHOPS_OWN,
    "foundation.Organization.slug": _THE_SHOPS_OWN,
    "foundation.OutboxMessage.channel": "a word of the program",
    "foundation.OutboxMessage.purpose": "a word of the program",
    "foundation.PersonKey.wrapped": "a random key, itself encrypted; destroying it is what erasure does",
    "foundation.Schedule.last_error": "a message of the program",
    "foundation.Schedule.name": "a word of the program",
    "foundation.Shop.city": _THE_SHOPS_OWN,
    "foundation.Shop.code": _THE_SHOPS_OWN,
    "foundation.Shop.email": _THE_SHOPS_OWN,
    "foundation.Shop.name": _THE_SHOPS_OWN,
    "foundation.Shop.phone": _THE_SHOPS_OWN,
    "foundation.Shop.postal_code": _THE_SHOPS_OWN,
    "foundation.Shop.street": _THE_SHOPS_OWN,
    "foundation.TenantKey.wrapped": "a random key, itself encrypted",
    "foundation.Till.code": _THE_SHOPS_OWN,
    "foundation.Till.name": _THE_SHOPS_OWN,
}


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
        not_personal=_NOT_PERSONAL,
    )
