"""What people and spans of time are called on the screen."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bywalec.customers.queries import people
from bywalec.customers.queries.people import CustomerInfo
from bywalec.inbox.queries.contacts import ContactView

MINUTES_A_DAY = 24 * 60
GUEST_TAIL = 4


def customers_of(contacts: Iterable[ContactView]) -> dict[UUID, CustomerInfo]:
    """Return the customers behind contacts, by their id."""
    return people.customers(contact.customer_id for contact in contacts if contact.customer_id is not None)


def contact_name(contact: ContactView, customer: CustomerInfo | None) -> str:
    """Return what to call who writes: their name, the one they gave, or a guest with a tail that tells them apart."""
    if customer is not None and customer.name:
        return customer.name
    return contact.display_name or guest_name(contact.id)


def guest_name(identifier: UUID) -> str:
    """Return the name of somebody unknown; the last digits of the id tell two of them apart."""
    return _("Guest %(tail)s") % {"tail": identifier.hex[-GUEST_TAIL:]}


def customer_name(customer: CustomerInfo) -> str:
    """Return what to call a customer: by name, else by phone or e-mail, else by what is left of an erased person."""
    if customer.erased_at is not None:
        return _("Erased person")
    return customer.name or customer.contact("phone") or customer.contact("email") or _("No name")


def span(length: timedelta) -> str:
    """Return a span of time as people say it: 4 min, 1 h 20 min, 3 days."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return _("%(count)d min") % {"count": minutes}
    if minutes < MINUTES_A_DAY:
        hours, rest = divmod(minutes, 60)
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    days = minutes // MINUTES_A_DAY
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
