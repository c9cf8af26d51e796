"""Recording what a person agreed to or withdrew: always a new row."""

from uuid import UUID

from bywalec.customers import errors
from bywalec.customers.models import Consent, Customer
from bywalec.customers.queries.consent_texts import CURRENT_TEXT_VERSION, consent_text_hash
from bywalec.customers.rules.consents import CHANNELS, PURPOSES, ConsentInfo
from bywalec.foundation import clock, tenancy
from bywalec.foundation.actor import current_actor

SOURCE_LENGTH_MAX = 20


def record_consent(
    *,
    customer: UUID,
    purpose: str,
    channel: str,
    granted: bool,
    source: str,
    text_version: str = CURRENT_TEXT_VERSION,
) -> ConsentInfo:
    """Add a decision of a person and return it; the current actor stands on the row.

    Args:
        customer: whose decision it is.
        purpose: one of `PURPOSES`.
        channel: one of `CHANNELS`; each channel is agreed to on its own.
        granted: False withdraws.
        source: where it was given: "chat", "till", "console", "import".
        text_version: version of the text that was shown, in the person's language.

    Raises:
        InvalidInput: purpose, channel, source or text do not exist.
        NotFound: no such customer.
        Conflict: the customer's data was erased.
    """
    _check(purpose, channel, source)
    person, actor = _living(customer), current_actor()
    row = Consent(
        organization_id=tenancy.current(),
        customer_id=customer,
        purpose=purpose,
        channel=channel,
        granted=granted,
        at=clock.now(),
        text_version=text_version,
        text_hash=consent_text_hash(purpose, version=text_version, language=person.language),
        source=source,
        actor_kind=actor.kind,
        actor=actor.id,
    )
    row.save()
    return ConsentInfo(purpose, channel, granted, row.at, text_version, source)


def _living(customer: UUID) -> Customer:
    person = Customer.objects.filter(id=customer).first()
    if person is None:
        raise errors.CustomerNotFound(field="customer", value=str(customer))
    if person.erased_at is not None:
        raise errors.CustomerErased(field="customer", value=str(customer))
    return person


def _check(purpose: str, channel: str, source: str) -> None:
    for field, value, good in (
        ("purpose", purpose, purpose in PURPOSES),
        ("channel", channel, channel in CHANNELS),
        ("source", source, 0 < len(source) <= SOURCE_LENGTH_MAX and source.isprintable()),
    ):
        if not good:
            raise errors.BadConsent(field=field, value=value)
