"""The answer to a purchase, put together from the waterfall and what was posted, in the language in force."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bywalec.loyalty.ledger.postings import Posted
from bywalec.loyalty.models import Earning
from bywalec.loyalty.queries.explanations import line_answers
from bywalec.loyalty.queries.programme import Setup
from bywalec.loyalty.queries.sentences import Words, outcome_sentence, refusal_sentence
from bywalec.loyalty.rules.answers import Effect, LineAnswer, PurchaseAnswer, RefusedRule, UnitPoints
from bywalec.loyalty.rules.waterfall import Waterfall

MEMBER_RULE = "member"
PROGRAMME_RULE = "programme"
_PLAIN = Words(("punkt", "punkty", "punktów"), "pl")


def purchase_answer(
    purchase: UUID | None, line_count: int, waterfall: Waterfall, setup: Setup | None, posted: Posted, now: datetime
) -> PurchaseAnswer:
    """Return the answer to a purchase.

    Args:
        purchase: its id; None for a dry run.
        line_count: lines on the receipt.
        waterfall: what the rules made of it.
        setup: the programme, if there is one.
        posted: what the ledger made of it.
        now: the present moment; points that become active later are pending.
    """
    words = setup.main_unit.words() if setup is not None else _PLAIN
    transaction = posted.transaction if purchase is not None else None
    return PurchaseAnswer(
        purchase=purchase,
        points=(_unit_points(waterfall, setup, posted, now),) if setup is not None and posted.member else (),
        lines=_lines(waterfall, line_count, words),
        effects=tuple(
            [
                Effect(
                    effect="points",
                    unit=outcome.unit,
                    points=outcome.points,
                    transaction=transaction,
                    why=outcome_sentence(outcome, waterfall.currency, words),
                )
                for outcome in waterfall.rules
                if outcome.points
            ]
        ),
        refused=_refused(waterfall, words),
    )


def stored_answers(purchases: Sequence[UUID]) -> dict[UUID, bytes]:
    """Return the answers kept for purchases; those that were never evaluated are missing."""
    rows = Earning.objects.filter(purchase_id__in=list(purchases)).values_list("purchase_id", "transaction__answer")
    return {purchase: answer.encode() for purchase, answer in rows if answer is not None}


def _unit_points(waterfall: Waterfall, setup: Setup, posted: Posted, now: datetime) -> UnitPoints:
    fired = [outcome for outcome in waterfall.rules if outcome.points]
    earned = sum([outcome.points for outcome in fired if outcome.active_at <= now])
    return UnitPoints(
        unit=setup.main_unit.code,
        earned=earned,
        pending=sum([outcome.points for outcome in fired]) - earned,
        active_at=min([outcome.active_at for outcome in fired], default=None),
        balance=posted.spendable,
    )


def _lines(waterfall: Waterfall, line_count: int, words: Words) -> tuple[LineAnswer, ...]:
    if not waterfall.rules:
        why = refusal_sentence(waterfall.refused or "no_rule", None, waterfall.currency, words)
        return (LineAnswer(points=0, why=why),) * line_count
    return line_answers(waterfall.rules, waterfall.currency, words)


def _refused(waterfall: Waterfall, words: Words) -> tuple[RefusedRule, ...]:
    if waterfall.refused is not None:
        rule = PROGRAMME_RULE if waterfall.refused == "no_rule" else MEMBER_RULE
        return (RefusedRule(rule=rule, why=refusal_sentence(waterfall.refused, None, waterfall.currency, words)),)
    return tuple(
        [
            RefusedRule(rule=outcome.rule, why=refusal_sentence(outcome.refused, outcome, waterfall.currency, words))
            for outcome in waterfall.rules
            if outcome.refused is not None
        ]
    )
