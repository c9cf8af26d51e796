"""Which points purchases gave, and why, line by line; from what was stored when they were taken in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from bywalec.loyalty.models import Earning
from bywalec.loyalty.queries.programme import Setup, load_setup
from bywalec.loyalty.queries.sentences import Words, line_sentence, refusal_sentence
from bywalec.loyalty.rules.answers import LineAnswer
from bywalec.loyalty.rules.waterfall import RuleOutcome, Waterfall, read_waterfall


@dataclass(frozen=True, slots=True)
class PurchasePoints:
    """What a purchase gave in the programme's main unit.

    Args:
        points: in all.
        lines: in the order of the receipt; empty where no rule looked at them.
        refused: why rules gave nothing, one sentence each.
    """

    points: int
    lines: tuple[LineAnswer, ...]
    refused: tuple[str, ...]


def points_of(purchase_ids: Iterable[UUID]) -> dict[UUID, PurchasePoints]:
    """Return what purchases gave, in the language in force; those the programme never saw are missing."""
    setup = load_setup()
    if setup is None:
        return {}
    rows = Earning.objects.filter(purchase_id__in=list(purchase_ids)).values_list("purchase_id", "waterfall")
    return {purchase: _explained(read_waterfall(stored), setup) for purchase, stored in rows}


def _explained(waterfall: Waterfall, setup: Setup) -> PurchasePoints:
    words = setup.main_unit.words()
    rules = [outcome for outcome in waterfall.rules if outcome.unit == setup.main_unit.code]
    refused = [(outcome.refused, outcome) for outcome in rules if outcome.refused]
    sentences = [refusal_sentence(reason, outcome, waterfall.currency, words) for reason, outcome in refused]
    if waterfall.refused:
        sentences.append(refusal_sentence(waterfall.refused, None, waterfall.currency, words))
    return PurchasePoints(
        points=sum(outcome.points for outcome in rules),
        lines=line_answers(rules, waterfall.currency, words),
        refused=tuple(dict.fromkeys(sentences)),
    )


def line_answers(rules: Sequence[RuleOutcome], currency: str, words: Words) -> tuple[LineAnswer, ...]:
    """Return a sentence for each line; several rules say one after the other what they gave."""
    if len(rules) == 1:
        [only] = rules
        return tuple(
            [LineAnswer(points=one.points, why=line_sentence(one, only, currency, words)) for one in only.lines]
        )
    answers: list[LineAnswer] = []
    for shares in zip(*(outcome.lines for outcome in rules), strict=True):
        sentences = [
            line_sentence(share, outcome, currency, words) for share, outcome in zip(shares, rules, strict=True)
        ]
        answers.append(LineAnswer(points=sum([share.points for share in shares]), why="; ".join(sentences)))
    return tuple(answers)
