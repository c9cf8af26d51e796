"""Which fact wakes which reaction, and what runs again and again: the whole list in one place."""

from collections.abc import Sequence

from bywalec.assistant import reactions as assistant
from bywalec.customers.events import CustomerErased
from bywalec.foundation import events, runner
from bywalec.foundation.events import Fact, Subscriber
from bywalec.foundation.runner import Recurring
from bywalec.inbox import reactions as inbox
from bywalec.inbox.events import MessageReceived
from bywalec.loyalty import reactions as loyalty
from bywalec.loyalty.actions.sweep import sweep_everything
from bywalec.store import reactions as store
from bywalec.store.events import PurchaseRecorded

SUBSCRIPTIONS: dict[type[Fact], Sequence[Subscriber]] = {
    MessageReceived: [assistant.ANSWER],
    PurchaseRecorded: [loyalty.CREDIT_RECORDED_PURCHASES],
    CustomerErased: [store.FORGET_REFERENCES, loyalty.FORGET_CARDS, inbox.FORGET_CONTACTS],
}
RECURRING: list[Recurring] = [
    assistant.SWEEP,
    Recurring("loyalty.sweep", 60, sweep_everything),
]


def bind() -> None:
    """Tell the foundation who reacts to what."""
    events.bind(SUBSCRIPTIONS)
    runner.bind(RECURRING)
