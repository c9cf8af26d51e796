"""What the inbox does when it hears a fact from below."""

from collections.abc import Sequence

from bywalec.customers.events import CustomerErased
from bywalec.foundation.events import Published, Reaction
from bywalec.inbox.actions.forgetting import forget_contacts_of


def _forget(erased: Sequence[Published[CustomerErased]]) -> None:
    forget_contacts_of([one.fact.customer_id for one in erased])


FORGET_CONTACTS = Reaction("inbox.forget_contacts", _forget)
