"""What the customers tables hold about a person."""

from bywalec.foundation.registries import PersonalField, personal_data


def register() -> None:
    """List the personal columns; called once when the application starts."""
    personal_data(
        "customers",
        {
            "customers.Customer.name_sealed": PersonalField(subject="customer", export="name", erase="shred"),
            "customers.Customer.birthday_sealed": PersonalField(subject="customer", export="birthday", erase="shred"),
            "customers.Customer.language": PersonalField(subject="customer", export="language", erase="keep"),
            "customers.ContactPoint.value_sealed": PersonalField(subject="customer", export="contact", erase="shred"),
            "customers.ContactPoint.value_index": PersonalField(subject="customer", export=None, erase="clear"),
            "customers.ContactPoint.kind": PersonalField(subject="customer", export="kind of contact", erase="keep"),
            "customers.SearchToken.token_index": PersonalField(subject="customer", export=None, erase="clear"),
            "customers.Consent.purpose": PersonalField(subject="customer", export="consent purpose", erase="keep"),
            "customers.Consent.channel": PersonalField(subject="customer", export="consent channel", erase="keep"),
            "customers.Consent.granted": PersonalField(subject="customer", export="consent", erase="keep"),
            "customers.Consent.at": PersonalField(subject="customer", export="consent time", erase="keep"),
            "customers.Consent.source": PersonalField(subject="customer", export="consent source", erase="keep"),
            "customers.Consent.text_version": PersonalField(subject="customer", export="consent text", erase="keep"),
        },
    )
