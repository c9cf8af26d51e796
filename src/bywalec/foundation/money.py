"""Money as integers of the smallest unit (grosze, pence), never a float."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import InvalidInput

AMOUNT_MAX = 10**12
_AMOUNT = re.compile(r"(?P<sign>[-+−]?)(?P<whole>\d{1,3}(?: \d{3})+|\d{1,10})(?:[.,](?P<cents>\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of an ISO 4217 currency with two decimals."""

    amount: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"cannot combine {self.currency} with {other.currency}")


def parse_amount(text: str, *, field: str = "amount") -> int:
    """Read an amount as people write it ("12,50", "1 234.5", "12,50 zł") and return it in grosze.

    Raises:
        InvalidInput: it is no amount, or beyond 10¹² grosze.
    """
    cleaned = re.sub(r"[\u00a0\u202f\s]+", " ", text).strip()
    cleaned = re.sub(r"\s*(zł|zl|pln|gbp|eur|£|€)\.?$", "", cleaned, flags=re.IGNORECASE)
    match = _AMOUNT.fullmatch(cleaned)
    if match is None:
        raise InvalidInput(
            _("This is not an amount."),
            code="money.not_an_amount",
            field=field,
            value=text,
            remedy=_("Write it as 12,50."),
        )
    amount = int(match["whole"].replace(" ", "")) * 100 + int((match["cents"] or "0").ljust(2, "0"))
    if amount > AMOUNT_MAX:
        raise InvalidInput(_("The amount is too large."), code="money.too_large", field=field, value=text)
    return -amount if match["sign"] in {"-", "−"} else amount
