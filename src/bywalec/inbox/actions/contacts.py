"""Recognising who writes: the contact behind a visitor, and what is known of their identity."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from bywalec.customers.queries import people
from bywalec.foundation import audit, clock, crypto, tenancy
from bywalec.foundation.errors import InvalidInput, NotFound
from bywalec.foundation.ids import new_id
from bywalec.inbox import sealing
from bywalec.inbox.limits import limits
from bywalec.inbox.models import Contact
from bywalec.inbox.ports import card_directory
from bywalec.inbox.queries.contacts import ContactView, view
from bywalec.inbox.queries.inboxes import signing_secret
from bywalec.inbox.rules.kinds import IdentityLevel
from bywalec.inbox.rules.visitor_token import read_visitor

SOURCE_INDEX = "inbox.contact.source"


def anonymous_contact(*, inbox_id: UUID, display_name: str | None = None) -> Contact:
    """Return a new contact for somebody of whom nothing is known."""
    contact_id = new_id()
    return _created(contact_id, inbox_id, f"anonymous:{contact_id}", None, display_name)


def contact_at(*, inbox_id: UUID, source: str, display_name: str | None = None) -> Contact:
    """Return the contact behind a channel's own address, made on first sight; for channel adapters."""
    return _found(inbox_id, source) or _created(new_id(), inbox_id, source, source, display_name)


def visitor_contact(*, inbox_id: UUID, token: str) -> Contact:
    """Return the contact of a visitor whom the shop's server vouches for: known, if we have the customer.

    Raises:
        VisitorTokenInvalid: the signature does not hold.
        VisitorTokenExpired: it is too old.
    """
    now = clock.now()
    claims = read_visitor(token, secret=signing_secret(inbox_id), at=now, limits=limits())
    customer_id = customer_of_subject(claims.subject)
    if customer_id is None:
        return contact_at(inbox_id=inbox_id, source=f"subject:{claims.subject}")
    contact = contact_at(inbox_id=inbox_id, source=f"customer:{customer_id}")
    contact.customer_id = customer_id
    until = now + timedelta(hours=limits().known_identity_hours)
    if not _holds(contact, IdentityLevel.VERIFIED, now):
        _set_identity(contact, IdentityLevel.KNOWN, "visitor_token", now, until)
    contact.save()
    return contact


def customer_of_subject(subject: str) -> UUID | None:
    """Return the customer whom a visitor token's subject names, if there is one.

    Args:
        subject: ``<customer id>``, ``customer:<id>``, ``phone:+48…``, ``email:…`` or ``card:…``.
    """
    kind, _, value = subject.rpartition(":")
    try:
        if kind in {"", "customer"}:
            found = people.customer(UUID(value))
            return None if found.erased_at else found.id
        if kind == "card":
            return card_directory().customer_of_card(value)
        if kind in {"phone", "email"}:
            holder = people.find_by_contact(kind, value)
            return holder.id if holder else None
    except (ValueError, NotFound, InvalidInput):
        return None
    return None


def identify(*, contact_id: UUID, customer_id: UUID, level: IdentityLevel, how: str, until: datetime) -> ContactView:
    """Record that a contact was shown to be a customer, for example by a one-time code.

    Args:
        contact_id: a contact of the current scope.
        customer_id: who they are.
        level: how sure that makes us.
        how: by what, such as ``one_time_code``.
        until: when it ends.

    Raises:
        NotFound: no such contact.
    """
    contact = Contact.objects.select_for_update().filter(id=contact_id).first()
    if contact is None:
        raise NotFound(code="inbox.contact_not_found", value=str(contact_id))
    contact.customer_id = customer_id
    _set_identity(contact, level, how, clock.now(), until)
    contact.save()
    audit.record("inbox.identify", subject_kind="contact", subject=contact_id, data={"level": level, "how": how})
    return view(contact)


def _found(inbox_id: UUID, source: str) -> Contact | None:
    index = crypto.blind_index(SOURCE_INDEX, source)
    return Contact.objects.select_for_update().filter(inbox_id=inbox_id, source_index=index).first()


def _created(contact_id: UUID, inbox_id: UUID, source: str, kept: str | None, display_name: str | None) -> Contact:
    crypto.ensure_keys([contact_id])
    name = (display_name or "").strip()[: limits().display_name_length_max]
    contact = Contact(
        id=contact_id,
        organization_id=tenancy.current(),
        inbox_id=inbox_id,
        source_index=crypto.blind_index(SOURCE_INDEX, source),
        source_sealed=_sealed(contact_id, sealing.CONTACT_SOURCE, kept),
        display_name_sealed=_sealed(contact_id, sealing.CONTACT_NAME, name or None),
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            contact.save(force_insert=True)
    except IntegrityError:
        # Somebody else met the same person a moment ago; theirs is the contact.
        found = _found(inbox_id, source)
        if found is None:
            raise
        return found
    return contact


def _sealed(contact_id: UUID, field: str, text: str | None) -> bytes | None:
    return sealing.seal_text(text, subject=contact_id, field=field, row=contact_id) if text else None


def _holds(contact: Contact, level: IdentityLevel, at: datetime) -> bool:
    return contact.identity_level == level and contact.identity_until is not None and contact.identity_until > at


def _set_identity(contact: Contact, level: IdentityLevel, how: str, since: datetime, until: datetime) -> None:
    contact.identity_level = level
    contact.identity_how = how
    contact.identified_at = since
    contact.identity_until = until
