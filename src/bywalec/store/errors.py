"""Why the store refuses something: one small class for each reason, with a stable code and a remedy.

The rules raise them with the data of the case only; the sentence is put together here, in the reader's language.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import Conflict, InvalidInput, NotFound, Text


class PurchaseRefused(InvalidInput):
    """A receipt, return or one of its fields cannot be accepted; nothing of it was written.

    Args:
        field: path such as ``lines[2].unit_price``.
        value: what was sent.
        data: figures the sentence mentions; they also appear in the problem document.
    """

    code = "store.purchase_refused"
    sentence: ClassVar[Text] = _("The receipt cannot be accepted.")

    def __init__(self, *, field: str, value: object = None, **data: object) -> None:
        super().__init__(lazystr(_Sentence(self.sentence, data)), field=field, value=value)
        self.data.update(data)


class NoLines(PurchaseRefused):
    """A receipt without lines."""

    code = "store.no_lines"
    sentence = _("The receipt has no lines.")
    default_remedy = _("Send at least one line.")


class TooManyLines(PurchaseRefused):
    """More lines than the limit."""

    code = "store.too_many_lines"
    sentence = _("The receipt has {count} lines; at most {limit} are accepted.")
    default_remedy = _("Check whether several receipts were joined into one.")


class WrongCurrency(PurchaseRefused):
    """A currency other than the shop's."""

    code = "store.wrong_currency"
    sentence = _("The shop works in {expected}; this receipt is in another currency.")
    default_remedy = _("Send the amounts in the shop's currency.")


class EmptyText(PurchaseRefused):
    """A text that must say something is empty."""

    code = "store.empty_text"
    sentence = _("This must not be empty.")
    default_remedy = _("Fill the field.")


class TextTooLong(PurchaseRefused):
    """A text over its limit."""

    code = "store.text_too_long"
    sentence = _("This has {length} characters; at most {limit} are accepted.")
    default_remedy = _("Shorten the text.")


class ControlCharacter(PurchaseRefused):
    """A NUL byte, a line break or another control character in a text."""

    code = "store.control_character"
    sentence = _("This contains a control character (U+{codepoint}).")
    default_remedy = _("Remove the character; check the encoding of the till's messages.")


class BadQuantity(PurchaseRefused):
    """A quantity that is zero, no number, too fine or absurd."""

    code = "store.bad_quantity"
    sentence = _("The quantity must be a number between −{limit} and {limit}, not zero, with at most three decimals.")
    default_remedy = _('Send pieces or kilograms as a decimal string such as "0.345".')


class BadUnitPrice(PurchaseRefused):
    """A unit price below zero or absurd."""

    code = "store.bad_unit_price"
    sentence = _("The unit price must be between 0 and {limit} (in the smallest unit of the currency).")
    default_remedy = _("Send the gross price in grosze; for goods taken back the quantity is negative, not the price.")


class BadDiscount(PurchaseRefused):
    """A discount of the wrong sign or above the line's worth."""

    code = "store.bad_discount"
    sentence = _("The discount must lie between 0 and the worth of its line ({worth}).")
    default_remedy = _("Send the discount of the whole line, with the sign of its quantity.")


class BadVat(PurchaseRefused):
    """A VAT rate that does not exist."""

    code = "store.bad_vat"
    sentence = _("There is no such VAT rate.")
    default_remedy = _('Send "23", "8", "5", "0", "zw" or "np", or leave the field out.')


class AmountTooLarge(PurchaseRefused):
    """A total beyond what any receipt can be."""

    code = "store.amount_too_large"
    sentence = _("The amount is beyond what a receipt can be ({limit} in the smallest unit of the currency).")
    default_remedy = _("Check the unit: amounts are whole grosze.")


class TotalMismatch(PurchaseRefused):
    """The total is not the sum of the lines."""

    code = "store.total_mismatch"
    sentence = _("The lines add up to {expected_shown}, the receipt says {total_shown}.")
    default_remedy = _(
        "Each line is quantity × unit price, rounded half up to the grosz, minus its discount; the total is the sum of "
        "the lines. Correct the line or the total."
    )

    def __init__(self, *, expected: int, total: int, currency: str) -> None:
        super().__init__(
            field="total",
            value=total,
            expected=expected,
            expected_shown=shown_money(expected, currency),
            total_shown=shown_money(total, currency),
        )
        self.data = {"expected": expected, "currency": currency}


class OnlyTakenBack(PurchaseRefused):
    """A receipt that consists of returned goods only."""

    code = "store.only_taken_back"
    sentence = _("Every line takes goods back: this is a return, not a purchase.")
    default_remedy = _("Send it as a return of the purchase the goods come from.")


class BadReturnQuantity(PurchaseRefused):
    """A return that gives goods out."""

    code = "store.bad_return_quantity"
    sentence = _("On a return slip quantities are above zero.")
    default_remedy = _("Send what was brought back as positive quantities; what was sold belongs on a receipt.")


class NoTimeZone(PurchaseRefused):
    """A moment without a time zone."""

    code = "store.no_time_zone"
    sentence = _("The time has no time zone.")
    default_remedy = _("Send the time as in 2026-03-02T10:15:00+01:00.")


class InFuture(PurchaseRefused):
    """A sale later than any till's clock may say."""

    code = "store.in_future"
    sentence = _("The time of the sale lies more than {hours} h in the future.")
    default_remedy = _("Set the till's clock.")


class TooOld(PurchaseRefused):
    """A sale older than a till may report."""

    code = "store.too_old"
    sentence = _("The time of the sale lies more than {hours} h in the past.")
    default_remedy = _("Set the till's clock; bring older receipts in with `bywalec import purchases`.")


class Ancient(PurchaseRefused):
    """A sale older than even an import may bring."""

    code = "store.ancient"
    sentence = _("Sales before {oldest} are not accepted.")
    default_remedy = _("Check the form of the date in the file.")


class BusinessDateOff(PurchaseRefused):
    """The trading day and the time of the sale contradict each other."""

    code = "store.business_date_off"
    sentence = _("The business date and the time of the sale ({local_date}) are more than {days} day apart.")
    default_remedy = _("Send the trading day the receipt belongs to.")


class PurchaseContentConflict(Conflict):
    """A receipt with this number is recorded with other content."""

    code = "store.content_conflict"
    title = _("A receipt with this number is recorded with other content")
    default_remedy = _("A receipt cannot be changed. Send a return, or give the new receipt its own number.")


class ReturnNotFound(NotFound):
    """No such return in this organization."""

    code = "store.return_not_found"
    title = _("There is no such return")


class PurchaseNotFound(NotFound):
    """No such purchase in this organization."""

    code = "store.purchase_not_found"
    title = _("There is no such purchase")


class HoursRefused(PurchaseRefused):
    """Opening hours that contradict themselves."""

    code = "store.hours_refused"
    sentence = _("Opening hours must be pairs from–to within one day, in order, not overlapping.")
    default_remedy = _("Correct the hours; use 24:00 for midnight at the end of a day.")


def shown_money(amount: int, currency: str) -> Text:
    """Return an amount that is written in the language of whoever reads it."""
    return lazystr(_Shown(amount, currency))


class _Sentence:
    """A template filled only when it is read, so that it comes out in the reader's language."""

    def __init__(self, template: Text, data: Mapping[str, object]) -> None:
        self.template, self.data = template, data

    def __str__(self) -> str:
        return str(self.template).format(**self.data)


class _Shown:
    def __init__(self, amount: int, currency: str) -> None:
        self.amount, self.currency = amount, currency

    def __str__(self) -> str:
        point = "." if (get_language() or "pl").startswith("en") else ","
        whole, cents = divmod(abs(self.amount), 100)
        return f"{'-' if self.amount < 0 else ''}{whole}{point}{cents:02d} {self.currency}"
