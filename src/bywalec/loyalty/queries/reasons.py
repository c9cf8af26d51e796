"""Why points changed, one sentence per transaction, built from the stored waterfalls and redemptions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.loyalty.models import Earning, Hold, Redemption
from bywalec.loyalty.queries.programme import Setup
from bywalec.loyalty.queries.sentences import (
    Words,
    correction_sentence,
    outcome_sentence,
    redemption_sentence,
    reversal_sentence,
    time_sentence,
)
from bywalec.loyalty.rules.waterfall import read_waterfall

_REDEMPTION_STATES = {"redeem": "completed", "hold": "held", "capture": "completed", "release": "released"}


@dataclass(frozen=True, slots=True)
class Cause:
    """A transaction and what it came from. ``points`` is what the sentence speaks of."""

    transaction: UUID
    kind: str
    occurred_at: datetime
    source_kind: str
    source: UUID | None
    reason: str
    points: int


def reasons(causes: Sequence[Cause], setup: Setup, words: Words) -> list[str]:
    """Return one sentence for each transaction, in the language in force."""
    purchases = _purchases(_sources(causes, "purchase"), words)
    redemptions = _redemptions(_sources(causes, "redemption"), _sources(causes, "hold"))
    return [_reason(cause, purchases, redemptions, words) for cause in causes]


def _reason(
    cause: Cause, purchases: dict[UUID, str], redemptions: dict[UUID, tuple[int, str | None]], words: Words
) -> str:
    if cause.kind == "reverse":
        return reversal_sentence(cause.points, cause.source_kind, cause.reason, words)
    if cause.kind == "earn" and cause.source in purchases:
        return purchases[cause.source]
    if cause.kind in {"activate", "expire"}:
        return time_sentence(cause.kind, cause.points, words)
    if cause.kind in _REDEMPTION_STATES and cause.source in redemptions:
        points, reward = redemptions[cause.source]
        state = "lapsed" if cause.source_kind == "hold" else _REDEMPTION_STATES[cause.kind]
        return redemption_sentence(state, points, reward, words)
    return correction_sentence(cause.points, cause.reason, words)


def _sources(causes: Iterable[Cause], kind: str) -> set[UUID]:
    return {cause.source for cause in causes if cause.source_kind == kind and cause.source is not None}


def _purchases(purchases: set[UUID], words: Words) -> dict[UUID, str]:
    """Return by purchase what its rules gave."""
    if not purchases:
        return {}
    sentences: dict[UUID, str] = {}
    for purchase, stored in Earning.objects.filter(purchase_id__in=purchases).values_list("purchase_id", "waterfall"):
        waterfall = read_waterfall(stored)
        fired = [outcome for outcome in waterfall.rules if outcome.points]
        if fired:
            sentences[purchase] = "; ".join(outcome_sentence(one, waterfall.currency, words) for one in fired)
    return sentences


def _redemptions(redemptions: set[UUID], holds: set[UUID]) -> dict[UUID, tuple[int, str | None]]:
    """Return by redemption, or by hold, its points and the reward's name."""
    with_redemption = Hold.objects.filter(id__in=holds, redemption__isnull=False)
    of_holds = dict(with_redemption.values_list("id", "redemption_id")) if holds else {}
    wanted = redemptions | set(of_holds.values())
    if not wanted:
        return {}
    rows = Redemption.objects.filter(id__in=wanted).values_list("id", "points", "reward__name")
    found: dict[UUID, tuple[int, str | None]] = {row: (points, name) for row, points, name in rows}
    return found | {hold: found[redemption] for hold, redemption in of_holds.items()}
