"""Enrols whom the form describes: a customer we know already keeps their data, a new one is registered first."""

from collections.abc import Mapping
from uuid import UUID

from bywalec.customers.actions.consents import record_consent
from bywalec.customers.actions.register import register_customer
from bywalec.customers.queries import people
from bywalec.customers.rules.contact import NewContactPoint, normalise_phone
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.errors import AlreadyMember
from bywalec.loyalty.queries import members
from bywalec.loyalty.queries.members import MemberInfo

SOURCE = "console"


def enrol_from(data: Mapping[str, str]) -> MemberInfo:
    """Enrol in the current unit of work.

    Args:
        data: the cleaned data of `EnrolForm`.

    Raises:
        InvalidInput: a phone number, an address or a card that cannot be.
        Conflict: the person is a member already, or the card or address is another's.
        NotFound: there is no programme yet.
    """
    customer = _known(data["phone"]) or _registered(data)
    member = enrol(customer_id=customer, card=data["card"].strip() or None, source=SOURCE)
    for agreed, channel in ((data["sms"], "sms"), (data["email_offers"], "email")):
        if agreed:
            record_consent(customer=customer, purpose="marketing", channel=channel, granted=True, source=SOURCE)
    return member


def _known(phone: str) -> UUID | None:
    """Return the customer of a number who is not in the programme yet.

    Raises:
        AlreadyMember: they are.
    """
    if not phone:
        return None
    customer = people.find_by_contact("phone", normalise_phone(phone))
    if customer is None:
        return None
    if members.members_by_customer(customer.id) is not None:
        raise AlreadyMember(field="phone")
    return customer.id


def _registered(data: Mapping[str, str]) -> UUID:
    points = [NewContactPoint("phone", data["phone"])] if data["phone"] else []
    points += [NewContactPoint("email", data["email"])] if data["email"] else []
    return register_customer(name=data["name"].strip() or None, contact_points=points).id
