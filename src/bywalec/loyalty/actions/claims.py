"""Claiming a receipt later: once, within the owner's window, and only by whoever knows its amount and date."""

from datetime import date, timedelta
from uuid import UUID

from bywalec.foundation import clock
from bywalec.foundation.actor import current_actor
from bywalec.loyalty.actions.buyers import Buyer
from bywalec.loyalty.actions.earning import candidate_of, claim_earning
from bywalec.loyalty.errors import ClaimTooLate, MemberNotActive, PurchaseAlreadyClaimed
from bywalec.loyalty.queries.members import member
from bywalec.loyalty.queries.programme import require_setup
from bywalec.loyalty.rules.answers import Answer
from bywalec.store.actions.purchases import claim_purchases
from bywalec.store.errors import PurchaseNotFound
from bywalec.store.queries.purchases import purchase


def claim_purchase(*, member_id: UUID, purchase_id: UUID, total: int, business_date: date) -> Answer:
    """Credit a member with a purchase that named nobody we knew, under the rules of the day it was made.

    Raises:
        PurchaseNotFound: there is none, or amount and date are not its own.
        PurchaseAlreadyClaimed: it belongs to somebody.
        ClaimTooLate: the window is over.
        MemberNotFound, MemberNotActive: nobody to credit.
    """
    setup, who, record = require_setup(), member(member_id), purchase(purchase_id)
    if not who.is_active:
        raise MemberNotActive(field="member", value=str(member_id), state=who.status)
    if (record.total, record.business_date) != (total, business_date):
        raise PurchaseNotFound(field="purchase", value=str(purchase_id))
    days = setup.policy_at(record.occurred_at).claim_days
    if clock.now() - record.occurred_at > timedelta(days=days):
        raise ClaimTooLate(field="purchase", value=str(purchase_id), days=days)
    if record.customer != who.customer_id and not claim_purchases([purchase_id], customer=who.customer_id):
        raise PurchaseAlreadyClaimed(field="purchase", value=str(purchase_id))
    return claim_earning(candidate_of(record, Buyer(who.id, who.customer_id), current_actor()), setup)
