"""Who writes, as far as a channel knows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.foundation import clock
from bywalec.foundation.errors import NotFound
from bywalec.inbox import sealing
from bywalec.inbox.models import Contact
from bywalec.inbox.rules.identity import Identity, identity_at
from bywalec.inbox.rules.kinds import IdentityLevel


@dataclass(frozen=True, slots=True)
class ContactView:
    """A contact; ``identity`` is what holds at the moment of the read."""

    id: UUID
    inbox_id: UUID
    customer_id: UUID | None
    display_name: str
    identity: Identity
    created_at: datetime


def contact(contact_id: UUID) -> ContactView:
    """Return a contact of the current scope.

    Raises:
        NotFound: no such contact.
    """
    row = Contact.objects.filter(id=contact_id).first()
    if row is None:
        raise NotFound(code="inbox.contact_not_found", value=str(contact_id))
    return view(row)


def contacts_of_customer(customer_id: UUID) -> list[ContactView]:
    """Return the contacts linked to a customer, oldest first."""
    return [view(row) for row in Contact.objects.filter(customer_id=customer_id).order_by("id")]


def view(row: Contact) -> ContactView:
    """Return the frozen form of a contact's row."""
    stored = Identity(IdentityLevel(row.identity_level), row.identity_how, row.identified_at, row.identity_until)
    return ContactView(
        id=row.id,
        inbox_id=row.inbox_id,
        customer_id=row.customer_id,
        display_name=sealing.open_text(row.display_name_sealed, subject=row.id, field=sealing.CONTACT_NAME, row=row.id)
        or "",
        identity=identity_at(stored, clock.now()),
        created_at=row.created_at,
    )
