"""Points in sentences, in the language in force: what a line gave and why, what happened to a wallet.

Everything is built from stored figures; nothing here decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_noop as _

from bywalec.foundation import formatting
from bywalec.foundation.errors import Text
from bywalec.loyalty.rules.documents import PointsPerAmount
from bywalec.loyalty.rules.waterfall import LineShare, Refused, RuleOutcome

Forms = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """How a unit is called in a language: the forms for one, few and many."""

    forms: Forms
    language: str

    def counted(self, points: int) -> str:
        """Return a number of points with its noun: "22 punkty"."""
        return _counted(points, self.forms, self.language)

    def say(self, template: str, **figures: str) -> str:
        """Return an English template in this language, filled with figures."""
        return _translated(template, self.language).format_map(figures)


def words_of(forms: Mapping[str, Sequence[str]], language: str) -> Words:
    """Return a unit's words in a language, else in Polish."""
    short = language[:2]
    found = forms.get(short) or forms.get("pl") or next(iter(forms.values()))
    return Words(cast(Forms, tuple(found)), short)


def rate_sentence(document: PointsPerAmount, currency: str, words: Words) -> str:
    """Return what a rule promises, as a sentence: "1 punkt za każde 10 zł."."""
    return f"{rate(document.points, document.per, currency, words)}."


@lru_cache(maxsize=256)
def rate(points: int, per: int, currency: str, words: Words) -> str:
    """Return what a rule promises: "1 punkt za każde 10 zł"."""
    text = _money(per, currency, words.language)
    amount = text.replace(",00", "").removesuffix(".00") if per % 100 == 0 else text
    return words.say(_("{points} for every {amount}"), points=words.counted(points), amount=amount)


def outcome_sentence(outcome: RuleOutcome, currency: str, words: Words) -> str:
    """Return what a rule gave for the whole receipt: "8 punktów za 82,40 zł (1 punkt za każde 10 zł)"."""
    return words.say(
        _("{points} for {amount} ({rate})"),
        points=words.counted(outcome.points),
        amount=_money(outcome.amount, currency, words.language),
        rate=rate(outcome.points_each, outcome.per, currency, words),
    )


def line_sentence(share: LineShare, outcome: RuleOutcome, currency: str, words: Words) -> str:
    """Return what a rule gave for one line, and why."""
    if share.reason == "excluded":
        if not share.category:
            return words.say(_("{points}: this line takes no part in the programme"), points=words.counted(0))
        return words.say(
            _("{points}: the category “{category}” takes no part in the programme"),
            points=words.counted(0),
            category=share.category,
        )
    if share.reason == "offset":
        return words.say(_("{points}: the goods taken back outweigh this receipt"), points=words.counted(0))
    figures = {
        "points": words.counted(share.points),
        "amount": _money(share.amount, currency, words.language),
        "rate": rate(outcome.points_each, outcome.per, currency, words),
    }
    if outcome.basis == "line" or len(outcome.lines) == 1:
        return words.say(_("{points} for {amount} ({rate})"), **figures)
    whole = _money(outcome.amount, currency, words.language)
    return words.say(_("{points} for {amount} of {whole} counted on the receipt ({rate})"), **figures, whole=whole)


def refusal_sentence(refused: Refused, outcome: RuleOutcome | None, currency: str, words: Words) -> str:
    """Return why nothing was given."""
    if refused == "no_member":
        return words.say(_("The receipt has no card and no phone number; the points can be claimed later."))
    if refused == "unknown_member":
        return words.say(_("We do not know this member; the purchase is kept and can be claimed later."))
    if refused == "member_not_active":
        return words.say(_("This membership is not active; the purchase is kept."))
    if refused == "nothing_counts":
        return words.say(_("Nothing on the receipt counts for points."))
    if outcome is None:
        return words.say(_("No rule was in force when the purchase was made."))
    return words.say(
        _("{amount} is too little: {rate}."),
        amount=_money(outcome.amount, currency, words.language),
        rate=rate(outcome.points_each, outcome.per, currency, words),
    )


def missing_text(missing: int, spendable: int, forms: Mapping[str, Sequence[str]]) -> Text:
    """Return how many points are missing, written in the language of whoever reads it."""
    return lazystr(_Missing(missing, max(spendable, 0), forms))


def redemption_sentence(state: str, points: int, reward: str | None, words: Words) -> str:
    """Return what became of a redemption: "Wydano 50 punktów: Kawa"."""
    templates = {
        "held": _("{points} put aside"),
        "completed": _("{points} spent"),
        "released": _("{points} free again"),
        "lapsed": _("{points} free again, the time was over"),
        "reversed": _("{points} given back"),
    }
    sentence = words.say(templates[state], points=words.counted(points))
    return f"{sentence}: {reward}" if reward else sentence


def reversal_sentence(points: int, source_kind: str, reason: str, words: Words) -> str:
    """Return what a reversal did: "Cofnięto 8 punktów za zakup (zwrot towaru)"."""
    given = points > 0
    if source_kind == "purchase":
        template = _("{points} for a purchase credited again") if given else _("{points} for a purchase taken back")
    elif source_kind == "redemption":
        template = _("{points} for a redemption given back") if given else _("{points} for a redemption taken again")
    else:
        template = _("{points} given back") if given else _("{points} taken back")
    sentence = words.say(template, points=words.counted(abs(points)))
    return f"{sentence} ({reason})" if reason else sentence


def time_sentence(kind: str, points: int, words: Words) -> str:
    """Return what time did to points: they became active, or lapsed."""
    if kind == "activate":
        return words.say(_("{points} can be spent now"), points=words.counted(points))
    if points > 0:
        return words.say(_("{points} counted as not lapsed"), points=words.counted(points))
    return words.say(_("{points} lapsed"), points=words.counted(-points))


def correction_sentence(points: int, reason: str, words: Words) -> str:
    """Return what a person's correction did, and why."""
    template = _("{points} given: {reason}") if points > 0 else _("{points} taken: {reason}")
    return words.say(template, points=words.counted(abs(points)), reason=reason)


def present_language() -> str:
    """Return the language in force as two letters."""
    return (get_language() or "pl")[:2]


class _Missing:
    """A sentence that is put together when it is read."""

    def __init__(self, missing: int, spendable: int, forms: Mapping[str, Sequence[str]]) -> None:
        self._missing, self._spendable, self._forms = missing, spendable, forms

    def __str__(self) -> str:
        words = words_of(self._forms, present_language())
        return words.say(
            _("{missing} missing: {have} can be spent."),
            missing=words.counted(self._missing),
            have=words.counted(self._spendable),
        )


@lru_cache(maxsize=1024)
def _translated(template: str, language: str) -> str:
    """Return a template in a language; looked up once, because every line of every receipt asks."""
    with override(language):
        return gettext(template)


@lru_cache(maxsize=8192)
def _money(amount: int, currency: str, language: str) -> str:
    return formatting.money(amount, currency, language)


@lru_cache(maxsize=4096)
def _counted(points: int, forms: Forms, language: str) -> str:
    return formatting.counted(points, forms, language)
