"""What the store does when it hears a fact from below."""

from collections.abc import Sequence

from bywalec.customers.events import CustomerErased
from bywalec.foundation.events import Published, Reaction
from bywalec.store.actions.forgetting import forget_references


def _forget(erased: Sequence[Published[CustomerErased]]) -> None:
    forget_references([one.fact.customer_id for one in erased])


FORGET_REFERENCES = Reaction("store.forget_references", _forget)
