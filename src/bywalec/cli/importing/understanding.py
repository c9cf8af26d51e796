"""From the text of one row to one line of a receipt, or to the reason why it is none."""

import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from bywalec.cli.importing.mapping import Mapping
from bywalec.cli.importing.reading import Row
from bywalec.cli.importing.rejects import Reject
from bywalec.cli.language import _
from bywalec.customers.rules.contact import normalise_phone
from bywalec.foundation.errors import InvalidInput
from bywalec.loyalty.rules.card import normalise_card
from bywalec.store.rules.purchase import LineDraft, MemberReference

NUMBER_LENGTH_MAX = 30
MINOR_PER_MAJOR = 100
STOCK_CORRECTION = "import.stock_correction"
Key = tuple[str, str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One line of a receipt, with what its row says about the receipt as a whole.

    Args:
        row: number of the row.
        receipt_number, till, business_date: which receipt; ``till`` is "" where the file does not say.
        occurred_at: time of the sale, aware.
        line: the goods.
        member: whom the row names.
        total: of the whole receipt, where the file has it, in the smallest unit.
        currency: "" where the file does not say.
        order_number, original_receipt_number: "" where the file does not say.
    """

    row: int
    receipt_number: str
    till: str
    business_date: date
    occurred_at: datetime
    line: LineDraft
    member: MemberReference | None
    total: int | None
    currency: str
    order_number: str
    original_receipt_number: str

    @property
    def key(self) -> Key:
        """Return which receipt it belongs to."""
        return self.till, self.receipt_number, self.business_date


class _Wrong(Exception):
    """A value that cannot be read."""

    def __init__(self, code: str, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.field, self.value, self.reason = code, field, value, reason


class Understanding:
    """Reads rows by one mapping.

    Args:
        mapping: how values are written.
        zone: time zone of times that name none.
    """

    def __init__(self, mapping: Mapping, zone: str) -> None:
        self._mapping = mapping
        self._zone = ZoneInfo(mapping.timezone or zone)

    def read(self, row: Row) -> ReadLine | Reject:
        """Return the line of a row, or why it is none."""
        values = row.values
        receipt_number = values.get("receipt_number", "")
        if row.problem is not None:
            reason = _("The row cannot be read: {problem}").format(problem=row.problem)
            return Reject(row.number, receipt_number, "import.malformed_row", "", "", reason)
        try:
            return self._line(row)
        except _Wrong as wrong:
            return Reject(row.number, receipt_number, wrong.code, wrong.field, wrong.value, wrong.reason)
        except InvalidInput as error:
            return Reject(
                *(row.number, receipt_number, error.problem_code),
                *(error.field or "", str(error.value or ""), str(error.message)),
            )

    def key(self, row: Row) -> Key | None:
        """Return which receipt a row belongs to, without reading the rest; None when that cannot be told."""
        values = row.values
        try:
            day = values.get("business_date") or _given(values, "occurred_at")
            return values.get("till", ""), _given(values, "receipt_number"), self._moment("occurred_at", day).date()
        except _Wrong:
            return None

    def card(self, row: Row) -> str:
        """Return the card a row names, as it is kept; "" when it names none."""
        text = self._cut("member_card", row.values.get("member_card", ""))
        return normalise_card(text) or text

    def _line(self, row: Row) -> ReadLine:
        values = row.values
        quantity = self._number("quantity", _given(values, "quantity"))
        unit_price = self._amount("unit_price", _given(values, "unit_price"))
        self._refuse_stock_correction(values, quantity, unit_price)
        occurred_at = self._moment("occurred_at", _given(values, "occurred_at"))
        day = values.get("business_date", "")
        sku = self._cut("sku", _given(values, "sku"))
        name = values.get("name") or (sku if self._mapping.name_from_sku or "name" not in values else "")
        return ReadLine(
            row=row.number,
            receipt_number=_given(values, "receipt_number"),
            till=values.get("till", ""),
            business_date=self._moment("business_date", day).date() if day else occurred_at.date(),
            occurred_at=occurred_at,
            line=LineDraft(
                sku=sku,
                name=name,
                quantity=quantity,
                unit_price=unit_price,
                category=values.get("category", ""),
                discount=self._amount("discount", values.get("discount") or "0"),
                vat=values.get("vat") or None,
            ),
            member=self._member(row),
            total=self._amount("total", values["total"]) if values.get("total") else None,
            currency=values.get("currency", ""),
            order_number=values.get("order_number", ""),
            original_receipt_number=values.get("original_receipt_number", ""),
        )

    def _refuse_stock_correction(self, values: dict[str, str], quantity: Decimal, unit_price: int) -> None:
        if self._mapping.stock_corrections and unit_price == 0 and (quantity < 0 or not values.get("name")):
            raise _Wrong(
                *(STOCK_CORRECTION, "unit_price", values["unit_price"]),
                _("A row at price 0 that takes goods away or has no name corrects the stock; it is no sale."),
            )

    def _member(self, row: Row) -> MemberReference | None:
        card = self.card(row)
        if card:
            return MemberReference("card", card)
        phone = row.values.get("member_phone", "")
        return MemberReference("phone", normalise_phone(phone, field="member_phone")) if phone else None

    def _cut(self, field: str, text: str) -> str:
        return text.removesuffix(self._mapping.strip_suffix.get(field, ""))

    def _number(self, field: str, text: str) -> Decimal:
        bare = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
        if self._mapping.decimal_comma:
            bare = bare.replace(".", "").replace(",", ".")
        try:
            number = Decimal(bare) if len(bare) <= NUMBER_LENGTH_MAX else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            raise _Wrong("import.not_a_number", field, text, _("This is not a number."))
        return number

    def _amount(self, field: str, text: str) -> int:
        number = self._number(field, text)
        exact = number * MINOR_PER_MAJOR if self._mapping.amounts == "major" else number
        amount = int(exact)
        if amount != exact:
            raise _Wrong(
                "import.amount_too_fine", field, text, _("The amount is finer than the currency's smallest unit.")
            )
        return amount

    def _moment(self, field: str, text: str) -> datetime:
        """Return a moment with its zone; times without one are on the shop's clock."""
        form = self._mapping.date_format
        try:
            moment = datetime.fromisoformat(text) if form is None else _by_form(text, form)
        except ValueError as error:
            reason = _("This is not a time, or not written in the expected form.")
            raise _Wrong("import.not_a_time", field, text, reason) from error
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=self._zone)


def _by_form(text: str, form: str) -> datetime:
    parsed = time.strptime(text, form)
    zone = timezone(timedelta(seconds=parsed.tm_gmtoff)) if "%z" in form else None
    return datetime(*parsed[:6], tzinfo=zone)


def _given(values: dict[str, str], field: str) -> str:
    text = values.get(field, "")
    if not text:
        raise _Wrong("import.empty_value", field, text, _("This must not be empty."))
    return text
