"""Forgetting a person: the key is destroyed, indexes and tokens go, the pseudonymous row stays for the ledger."""

from uuid import UUID

from bywalec.customers.errors import CustomerNotFound
from bywalec.customers.events import CustomerErased
from bywalec.customers.models import ContactPoint, Customer, SearchToken
from bywalec.foundation import audit, clock, crypto, events


def erase_customer(*, customer: UUID) -> None:
    """Make a person's name, birthday and contact points unreadable for good, also in old backups.

    The key is destroyed first: a crash in between leaves ciphertext that nobody can open, and the call can be repeated.

    Raises:
        NotFound: no such customer.
    """
    rows = Customer.objects.filter(id=customer)
    if not rows.exists():
        raise CustomerNotFound(field="customer", value=str(customer))
    crypto.destroy_key(customer)
    ContactPoint.objects.filter(customer_id=customer).delete()
    SearchToken.objects.filter(customer_id=customer).delete()
    if rows.filter(erased_at=None).update(name_sealed=None, birthday_sealed=None, erased_at=clock.now()):
        audit.record("customers.erase", subject_kind="customer", subject=customer)
        events.publish([CustomerErased(customer_id=customer)])
