"""Crediting purchases that are recorded: evaluate the rules in force, post, keep the explanation and the answer."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from django.utils.translation import override

from bywalec.foundation import audit, clock, events, tenancy
from bywalec.foundation import queries as foundation_queries
from bywalec.foundation.actor import Actor
from bywalec.foundation.audit import Done
from bywalec.foundation.events import Fact
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_rows
from bywalec.loyalty import ledger
from bywalec.loyalty.actions.buyers import Buyer
from bywalec.loyalty.actions.idempotency import answer_of, require_posted
from bywalec.loyalty.errors import PurchaseAlreadyClaimed
from bywalec.loyalty.events import PointsEarned, PurchaseEarned
from bywalec.loyalty.ledger import Consider, Earn, Posted, Posting
from bywalec.loyalty.models import Earning
from bywalec.loyalty.queries.programme import Setup
from bywalec.loyalty.queries.purchase_answers import purchase_answer
from bywalec.loyalty.rules.answers import Answer, Outcome, encode
from bywalec.loyalty.rules.credits import Credit
from bywalec.loyalty.rules.earning import EarningLine, evaluate
from bywalec.loyalty.rules.waterfall import RuleOutcome, Waterfall
from bywalec.store.rules.purchase import PurchaseRecord

EARNING_COLUMNS = ("id", "organization_id", "purchase_id", "member_id", "transaction_id", "waterfall")
_encode_waterfall = msgspec.json.Encoder().encode


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A purchase to be credited.

    Args:
        purchase: its id; None when it is only tried out.
        lines: what the rules look at, in the order of the receipt.
    """

    purchase: UUID | None
    shop: UUID
    currency: str
    occurred_at: datetime
    lines: tuple[EarningLine, ...]
    buyer: Buyer
    actor: Actor
    idempotency_key: str | None = None
    body_hash: bytes | None = None


def candidate_of(
    record: PurchaseRecord, buyer: Buyer, actor: Actor, *, key: str | None = None, body_hash: bytes | None = None
) -> Candidate:
    """Return a recorded purchase as it is credited."""
    return Candidate(
        purchase=record.id,
        shop=record.shop,
        currency=record.currency,
        occurred_at=record.occurred_at,
        lines=tuple([EarningLine(line.total, line.category) for line in record.lines]),
        buyer=buyer,
        actor=actor,
        idempotency_key=key,
        body_hash=body_hash,
    )


def credit_purchases(candidates: Sequence[Candidate], setup: Setup | None) -> list[Outcome]:
    """Credit purchases in the current unit of work, each once; the caller has made sure that none was before."""
    waterfalls = [waterfall_of(one, setup) for one in candidates]
    postings = [_posting(one, waterfall, setup) for one, waterfall in zip(candidates, waterfalls, strict=True)]
    posted = require_posted(ledger.post(postings))
    written = list(zip(candidates, waterfalls, posted, strict=True))
    insert_rows("loyalty_earning", EARNING_COLUMNS, [_earning_row(*each) for each in written])
    _tell("loyalty.accept_purchase", [(one, result) for one, _, result in written])
    return [answer_of(result) for result in posted]


def claim_earning(candidate: Candidate, setup: Setup) -> Answer:
    """Credit a purchase that was kept without a member.

    Raises:
        PurchaseAlreadyClaimed: it was credited to somebody.
    """
    assert candidate.purchase is not None, "only a recorded purchase can be claimed"
    waterfall = waterfall_of(candidate, setup)
    with override(foundation_queries.organization().language):
        [posted] = require_posted(ledger.post([_posting(candidate, waterfall, setup)]))
    free = Earning.objects.filter(purchase_id=candidate.purchase, member=None)
    claimed = free.update(
        member_id=candidate.buyer.member,
        transaction_id=posted.transaction,
        waterfall=msgspec.to_builtins(waterfall),
    )
    if not claimed:
        raise PurchaseAlreadyClaimed(field="purchase", value=str(candidate.purchase))
    _tell("loyalty.claim_purchase", [(candidate, posted)])
    assert posted.answer is not None
    return Answer(posted.answer)


def try_out(candidates: Sequence[Candidate], setup: Setup | None) -> list[Outcome]:
    """Return what crediting would answer; nothing is written."""
    waterfalls = [waterfall_of(one, setup) for one in candidates]
    postings = [_posting(one, waterfall, setup) for one, waterfall in zip(candidates, waterfalls, strict=True)]
    return [answer_of(result) for result in ledger.preview(postings)]


def waterfall_of(candidate: Candidate, setup: Setup | None) -> Waterfall:
    """Evaluate the rules that were in force when the purchase was made."""
    currency = candidate.currency
    if candidate.buyer.refused is not None:
        return Waterfall(currency=currency, refused=candidate.buyer.refused)
    rules = setup.rules_at(candidate.occurred_at) if setup is not None else []
    if setup is None or not rules:
        return Waterfall(currency=currency, refused="no_rule")
    made_at = min(candidate.occurred_at, clock.now())  # a till's clock may run ahead; nobody waits for that
    outcomes = [evaluate(rule, candidate.lines, occurred_at=made_at, zone=setup.timezone) for rule in rules]
    return Waterfall(currency=currency, rules=tuple(outcomes))


def _posting(candidate: Candidate, waterfall: Waterfall, setup: Setup | None) -> Posting:
    order: Earn | Consider = Consider()
    if candidate.buyer.member is not None and setup is not None:
        credits_given = tuple([_credit(outcome) for outcome in waterfall.rules if outcome.points])
        order = Earn(member=candidate.buyer.member, unit=setup.main_unit.id, credits=credits_given)
    fired = [outcome.version_id for outcome in waterfall.rules if outcome.points]
    return Posting(
        order=order,
        occurred_at=candidate.occurred_at,
        actor=candidate.actor,
        source_kind="purchase",
        source=candidate.purchase,
        rule_version=fired[0] if fired else None,
        idempotency_key=candidate.idempotency_key,
        body_hash=candidate.body_hash,
        answer=_answer(candidate, waterfall, setup),
    )


def _answer(candidate: Candidate, waterfall: Waterfall, setup: Setup | None) -> Callable[[Posted], bytes]:
    return lambda posted: encode(
        purchase_answer(candidate.purchase, len(candidate.lines), waterfall, setup, posted, clock.now())
    )


def _credit(outcome: RuleOutcome) -> Credit:
    return Credit(id=new_id(), amount=outcome.points, active_at=outcome.active_at, expires_at=outcome.expires_at)


def _earning_row(candidate: Candidate, waterfall: Waterfall, posted: Posted) -> tuple[object, ...]:
    return (
        new_id(),
        tenancy.current(),
        candidate.purchase,
        candidate.buyer.member,
        posted.transaction,
        _encode_waterfall(waterfall).decode(),
    )


def _facts(candidate: Candidate, posted: Posted) -> list[Fact]:
    assert candidate.purchase is not None
    member = candidate.buyer.member
    facts: list[Fact] = [
        PurchaseEarned(
            purchase_id=candidate.purchase,
            shop_id=candidate.shop,
            member_id=member,
            transaction_id=posted.transaction,
            points=posted.points,
        )
    ]
    if posted.points and member is not None:
        facts.append(
            PointsEarned(member_id=member, unit="points", points=posted.points, transaction_id=posted.transaction)
        )
    return facts


def _tell(action: str, credited: Sequence[tuple[Candidate, Posted]]) -> None:
    events.publish([fact for one, posted in credited for fact in _facts(one, posted)])
    audit.record_many(
        [Done(action, "purchase", one.purchase, {"points": posted.points}, one.actor) for one, posted in credited]
    )
