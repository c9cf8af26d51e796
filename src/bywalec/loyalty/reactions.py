"""What the loyalty area does about facts of the areas below."""

from collections.abc import Sequence

from django.utils.translation import override

from bywalec.customers.events import CustomerErased
from bywalec.foundation import queries as foundation_queries
from bywalec.foundation.actor import SYSTEM
from bywalec.foundation.events import Published, Reaction
from bywalec.loyalty.actions.buyers import NOBODY, buyers_of_customers
from bywalec.loyalty.actions.earning import candidate_of, credit_purchases
from bywalec.loyalty.actions.forgetting import forget_cards
from bywalec.loyalty.queries.programme import load_setup
from bywalec.loyalty.queries.purchase_answers import stored_answers
from bywalec.store.events import PurchaseRecorded
from bywalec.store.queries.purchases import purchases


def credit_recorded_purchases(facts: Sequence[Published[PurchaseRecorded]]) -> None:
    """Credit purchases that were recorded elsewhere; those credited before are left alone."""
    wanted = list(dict.fromkeys(one.fact.purchase_id for one in facts))
    known = stored_answers(wanted)
    records = list(purchases(purchase for purchase in wanted if purchase not in known).values())
    if not records:
        return
    buyers = buyers_of_customers(record.customer for record in records if record.customer is not None)
    candidates = [
        candidate_of(record, buyers[record.customer] if record.customer is not None else NOBODY, SYSTEM)
        for record in records
    ]
    with override(foundation_queries.organization().language):
        credit_purchases(candidates, load_setup())


def _forget(facts: Sequence[Published[CustomerErased]]) -> None:
    forget_cards([one.fact.customer_id for one in facts])


CREDIT_RECORDED_PURCHASES = Reaction("loyalty.credit_recorded_purchases", credit_recorded_purchases)
FORGET_CARDS = Reaction("loyalty.forget_cards", _forget)
