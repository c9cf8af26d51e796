"""From the rows of one receipt to a draft the store understands: a purchase or a return."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bywalec.cli.importing.mapping import Mapping
from bywalec.cli.importing.rejects import Reject
from bywalec.cli.importing.understanding import ReadLine
from bywalec.cli.language import _
from bywalec.store.rules.purchase import LineDraft, PurchaseDraft, line_total
from bywalec.store.rules.returned import OriginalReceipt, ReturnDraft


@dataclass(frozen=True, slots=True)
class Receipt:
    """A whole receipt or return of the file, with the rows it came from, in the order of its lines."""

    draft: PurchaseDraft | ReturnDraft
    rows: tuple[int, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """Builds drafts from groups.

    Args:
        mapping: how returns are recognised.
        shop: where the file's receipts were made.
        tills: ids by code; "" is the till of receipts that name none.
        currency: of the organization, for files that do not say.
    """

    mapping: Mapping
    shop: UUID
    tills: dict[str, UUID]
    currency: str

    def receipt(self, lines: Sequence[ReadLine]) -> Receipt | list[Reject]:
        """Return the receipt or return that lines make up, or why they make up none."""
        first = lines[0]
        contradiction = _contradiction(lines)
        if contradiction is not None:
            field, reason = contradiction
            return _refused(lines, "import.contradiction", field, reason)
        if first.till not in self.tills:
            reason = _("There is no such till; create it, or import with --create-tills.")
            return _refused(lines, "import.unknown_till", "till", reason, first.till)
        draft = self._return(lines) if self._is_return(lines) else self._purchase(lines)
        return Receipt(draft, tuple(line.row for line in lines), first.receipt_number)

    def _is_return(self, lines: Sequence[ReadLine]) -> bool:
        if self.mapping.return_prefix and lines[0].receipt_number.startswith(self.mapping.return_prefix):
            return True
        takes_back = all(line.line.quantity < 0 for line in lines)
        return takes_back and any(line.line.unit_price for line in lines)

    def _purchase(self, lines: Sequence[ReadLine]) -> PurchaseDraft:
        first = lines[0]
        goods = tuple(line.line for line in lines)
        total = first.total if first.total is not None else sum(map(line_total, goods))
        return PurchaseDraft(
            shop=self.shop,
            till=self.tills[first.till],
            receipt_number=first.receipt_number,
            order_number=first.order_number or None,
            business_date=first.business_date,
            occurred_at=min(line.occurred_at for line in lines),
            currency=first.currency or self.currency,
            total=total,
            lines=goods,
            member_reference=first.member,
        )

    def _return(self, lines: Sequence[ReadLine]) -> ReturnDraft:
        first = lines[0]
        goods = tuple(_turned(line.line) for line in lines)
        total = abs(first.total) if first.total is not None else sum(map(line_total, goods))
        original = first.original_receipt_number
        return ReturnDraft(
            shop=self.shop,
            till=self.tills[first.till],
            return_number=first.receipt_number,
            business_date=first.business_date,
            occurred_at=min(line.occurred_at for line in lines),
            currency=first.currency or self.currency,
            total=total,
            lines=goods,
            original=OriginalReceipt(receipt_number=original) if original else None,
            member_reference=first.member,
        )


def _turned(line: LineDraft) -> LineDraft:
    """Return goods that were taken back as they stand on a return slip: quantity and discount above zero."""
    return LineDraft(
        sku=line.sku,
        name=line.name,
        quantity=-line.quantity,
        unit_price=line.unit_price,
        category=line.category,
        discount=-line.discount,
        vat=line.vat,
    )


def _contradiction(lines: Sequence[ReadLine]) -> tuple[str, str] | None:
    """Return the field in which the rows of one receipt contradict each other, with a sentence."""
    first = lines[0]
    for name in ("member", "total", "currency", "order_number", "original_receipt_number"):
        if any(getattr(line, name) != getattr(first, name) for line in lines):
            return name, _("The rows of this receipt contradict each other in the field {field}.").format(field=name)
    return None


def _refused(lines: Sequence[ReadLine], code: str, field: str, reason: str, value: str = "") -> list[Reject]:
    return [Reject(line.row, line.receipt_number, code, field, value, reason) for line in lines]
