"""The customer beside the conversation: who writes, how sure we are, what they have and what they bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bywalec.console import states
from bywalec.console.showing.consents import ShownConsent, consents_of
from bywalec.console.showing.names import contact_name
from bywalec.console.showing.queue import conversation_state
from bywalec.console.states import State
from bywalec.customers.queries import people
from bywalec.customers.queries.people import CustomerInfo
from bywalec.inbox.queries.conversations import ConversationView, conversations_of_contact, conversations_of_customer
from bywalec.loyalty.queries import balances, members
from bywalec.loyalty.queries.balances import UnitBalance
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.store.queries.purchases import purchases_of
from bywalec.store.rules.purchase import PurchaseRecord

PURCHASES_SHOWN = 3
CONVERSATIONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another conversation with the same person."""

    conversation: ConversationView
    state: State


@dataclass(frozen=True, slots=True)
class Person:
    """Who writes. ``customer`` is None for somebody unknown, ``member`` for who is not in the programme."""

    name: str
    identity: State
    customer: CustomerInfo | None
    member: MemberInfo | None
    units: Sequence[UnitBalance]
    purchases: Sequence[PurchaseRecord]
    consents: Sequence[ShownConsent]
    earlier: Sequence[Earlier]


def person_of(conversation: ConversationView) -> Person:
    """Return the person of a conversation."""
    contact = conversation.contact
    identity = states.IDENTITY.get(str(contact.identity.level), states.UNKNOWN)
    if contact.customer_id is None:
        known = conversations_of_contact(contact.id, limit=CONVERSATIONS_SHOWN)
        return Person(contact_name(contact, None), identity, None, None, (), (), (), _others(known, conversation.id))
    customer = people.customer(contact.customer_id)
    member = members.members_by_customer(customer.id)
    return Person(
        name=contact_name(contact, customer),
        identity=identity,
        customer=customer,
        member=member,
        units=balances.balance(member.id) if member else (),
        purchases=purchases_of(customer.id, limit=PURCHASES_SHOWN),
        consents=consents_of(customer.id),
        earlier=earlier_of(customer.id, limit=CONVERSATIONS_SHOWN, without=conversation.id),
    )


def earlier_of(customer_id: UUID, *, limit: int, without: UUID | None = None) -> list[Earlier]:
    """Return the latest conversations with a customer on all channels, newest first."""
    return _others(conversations_of_customer(customer_id, limit=limit + 1), without)[:limit]


def _others(found: Sequence[ConversationView], current: UUID | None) -> list[Earlier]:
    return [
        Earlier(one, conversation_state(one.status, assigned=one.assigned is not None))
        for one in found
        if one.id != current
    ]
