"""Taking in purchases: recognise, check, record, credit, answer, all in the caller's one transaction."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import override
from msgspec.structs import replace

from bywalec.foundation import clock
from bywalec.foundation import queries as foundation_queries
from bywalec.foundation.actor import current_actor
from bywalec.foundation.errors import BywalecError
from bywalec.foundation.queries import OrganizationInfo
from bywalec.loyalty.actions.buyers import NOBODY, Buyer, buyers_of_customers, find_buyers, normalised
from bywalec.loyalty.actions.earning import Candidate, candidate_of, credit_purchases, try_out
from bywalec.loyalty.actions.idempotency import answers_by_key, digest_of
from bywalec.loyalty.actions.requests import Accept
from bywalec.loyalty.queries.programme import Setup, load_setup
from bywalec.loyalty.queries.purchase_answers import stored_answers
from bywalec.loyalty.rules.answers import Answer, Outcome, Refusal
from bywalec.loyalty.rules.earning import EarningLine
from bywalec.store.actions.purchases import recognise_purchases, record_purchases
from bywalec.store.errors import PurchaseContentConflict, TooOld
from bywalec.store.queries import purchases as recorded
from bywalec.store.rules.purchase import (
    ContentConflict,
    PurchaseDraft,
    Recorded,
    RecordOutcome,
    Repeated,
    check_purchase,
    line_total,
)


class _Item:
    """One request of the batch on its way to an outcome."""

    __slots__ = ("accept", "buyer", "digest", "draft", "outcome", "repeats")

    def __init__(self, accept: Accept) -> None:
        self.accept = accept
        self.draft: PurchaseDraft = accept.draft
        self.digest = digest_of(accept)
        self.buyer: Buyer = NOBODY
        self.outcome: Outcome | None = None
        self.repeats: UUID | None = None


def accept_purchases(batch: Sequence[Accept], *, dry_run: bool = False) -> list[Outcome]:
    """Record purchases and credit their members; one outcome per item, in order.

    A receipt that was recorded before with the same content gets the answer it got then; with other content it is
    refused, alone. A purchase of somebody unknown is kept and can be claimed. The answers are written in the language
    of the organization.

    Args:
        batch: the receipts; the number of SQL statements does not grow with it.
        dry_run: decide and write nothing; needs no lock.

    Raises:
        InProgress: another process has just used one of the idempotency keys; the unit of work is lost.
    """
    if not batch:
        return []
    organization, setup = foundation_queries.organization(), load_setup()
    items = [_Item(accept) for accept in batch]
    with override(organization.language):
        _answer_known_keys(items)
        _find_buyers(_open(items))
        _check(_open(items), organization, setup)
        if dry_run:
            _try_out(_open(items), setup)
        else:
            _record(_open(items), setup)
        _answer_repeats(_open(items), setup, dry_run=dry_run)
    return [item.outcome for item in items if item.outcome is not None]


def _open(items: Sequence[_Item]) -> list[_Item]:
    return [item for item in items if item.outcome is None]


def _answer_known_keys(items: Sequence[_Item]) -> None:
    for item, outcome in zip(items, answers_by_key([item.accept for item in items]), strict=True):
        item.outcome = outcome


def _find_buyers(items: Sequence[_Item]) -> None:
    references = [normalised(item.draft.member_reference) for item in items]
    for item, reference, buyer in zip(items, references, find_buyers(references), strict=True):
        item.buyer = buyer
        if reference is not item.draft.member_reference:
            item.draft = replace(item.draft, member_reference=reference)


def _check(items: Sequence[_Item], organization: OrganizationInfo, setup: Setup | None) -> None:
    """Refuse what no receipt can be; one that is only too old may still be the repeat of a recorded one."""
    now, zone = clock.now(), organization.timezone
    currency = setup.currency if setup is not None else organization.currency
    late: list[_Item] = []
    for item in items:
        try:
            check_purchase(item.draft, currency=currency, now=now, source=item.accept.source, zone=zone)
        except TooOld as error:
            item.outcome = Refusal(error)
            late.append(item)
        except BywalecError as error:
            item.outcome = Refusal(error)
    met = recognise_purchases([item.draft for item in late], customers=[item.buyer.customer for item in late])
    for item, outcome in zip(late, met, strict=True):
        if isinstance(outcome, Repeated):
            item.outcome, item.repeats = None, outcome.purchase_id


def _record(items: Sequence[_Item], setup: Setup | None) -> None:
    """Record what is new and credit it."""
    fresh = [item for item in items if item.repeats is None]
    outcomes = record_purchases(
        [item.draft for item in fresh], customers=[item.buyer.customer for item in fresh], announce=False
    )
    candidates: list[Candidate] = []
    credited: list[_Item] = []
    for item, outcome in zip(fresh, outcomes, strict=True):
        if isinstance(outcome, Recorded):
            credited.append(item)
            actor, key = item.accept.actor or current_actor(), item.accept.idempotency_key
            candidates.append(candidate_of(outcome.purchase, item.buyer, actor, key=key, body_hash=item.digest))
        else:
            _met(item, outcome)
    for item, answer in zip(credited, credit_purchases(candidates, setup), strict=True):
        item.outcome = answer


def _try_out(items: Sequence[_Item], setup: Setup | None) -> None:
    fresh = [item for item in items if item.repeats is None]
    met = recognise_purchases([item.draft for item in fresh], customers=[item.buyer.customer for item in fresh])
    new: list[_Item] = []
    for item, outcome in zip(fresh, met, strict=True):
        if outcome is None:
            new.append(item)
        else:
            _met(item, outcome)
    for item, answer in zip(new, try_out([_tried(item) for item in new], setup), strict=True):
        item.outcome = answer


def _tried(item: _Item) -> Candidate:
    draft = item.draft
    return Candidate(
        purchase=None,
        shop=draft.shop,
        currency=draft.currency,
        occurred_at=draft.occurred_at,
        lines=tuple([EarningLine(line_total(line), line.category) for line in draft.lines]),
        buyer=item.buyer,
        actor=item.accept.actor or current_actor(),
    )


def _met(item: _Item, outcome: RecordOutcome) -> None:
    if isinstance(outcome, ContentConflict):
        item.outcome = Refusal(
            PurchaseContentConflict(
                field=next(iter(outcome.fields), None),
                value=item.draft.receipt_number,
                purchase=str(outcome.purchase_id),
                fields=list(outcome.fields),
            )
        )
    elif isinstance(outcome, Repeated):
        item.repeats = outcome.purchase_id


def _answer_repeats(items: Sequence[_Item], setup: Setup | None, *, dry_run: bool) -> None:
    """Give repeats the answer kept for them; one that was recorded but never credited is credited now."""
    if not items:
        return
    purchases = [item.repeats for item in items if item.repeats is not None]
    answers = stored_answers(purchases)
    missing = {purchase for purchase in purchases if purchase not in answers}
    if missing:
        records = recorded.purchases(missing)
        buyers = buyers_of_customers(record.customer for record in records.values() if record.customer is not None)
        candidates = [
            candidate_of(record, buyers[record.customer] if record.customer is not None else NOBODY, current_actor())
            for record in records.values()
        ]
        credited = (try_out if dry_run else credit_purchases)(candidates, setup)
        answers |= {
            record.id: outcome.body
            for record, outcome in zip(records.values(), credited, strict=True)
            if isinstance(outcome, Answer)
        }
    for item in items:
        assert item.repeats is not None
        item.outcome = Answer(answers[item.repeats], replayed=True)
