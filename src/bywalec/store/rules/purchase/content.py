"""When are two receipts the same? One digest for the whole content, one comparison that names what differs."""

import hashlib
from datetime import UTC
from itertools import zip_longest

import msgspec

from bywalec.store.rules.purchase.amounts import to_milli
from bywalec.store.rules.purchase.draft import LineDraft, PurchaseDraft

_encoder = msgspec.json.Encoder()


def content_hash(draft: PurchaseDraft) -> bytes:
    """Return the SHA-256 of what a receipt says: time, order number, currency, total and each line.

    Keys (till, receipt number, business date) and the member are not in it: a digest over a phone number could be
    guessed back, so members are compared by their blind index. Equal values in other spellings ("1" and "1.000",
    another time zone) give the same digest.
    """
    return _digest(
        [
            int(draft.occurred_at.astimezone(UTC).timestamp() * 1000),
            draft.order_number or "",
            draft.currency,
            draft.total,
            [_line(line) for line in draft.lines],
        ]
    )


def basket_hash(draft: PurchaseDraft) -> bytes:
    """Return the SHA-256 of what was bought, whatever till or e-shop says so: currency, total, goods in any order."""
    goods = sorted((line.sku, to_milli(line.quantity), line.unit_price, line.discount) for line in draft.lines)
    return _digest([draft.currency, draft.total, goods])


def differing_fields(first: PurchaseDraft, second: PurchaseDraft, *, same_receipt: bool = True) -> tuple[str, ...]:
    """Return the paths of the fields in which two receipts differ, in reading order; the member is left out.

    Args:
        first: the one that is recorded.
        second: the one that came now.
        same_receipt: False when till and e-shop report one order: their times, names and order of lines may differ.
    """
    fields = [name for name in ("currency", "total") if getattr(first, name) != getattr(second, name)]
    if not same_receipt:
        return tuple(fields + ([] if basket_hash(first) == basket_hash(second) or fields else ["lines"]))
    if int(first.occurred_at.timestamp() * 1000) != int(second.occurred_at.timestamp() * 1000):
        fields.insert(0, "occurred_at")
    if (first.order_number or "") != (second.order_number or ""):
        fields.insert(0, "order_number")
    for position, (old, new) in enumerate(zip_longest(first.lines, second.lines)):
        if old is None or new is None:
            fields.append(f"lines[{position}]")
        else:
            fields += [f"lines[{position}].{name}" for name in _differing(old, new)]
    return tuple(fields)


def _differing(old: LineDraft, new: LineDraft) -> list[str]:
    return [name for name in LineDraft.__struct_fields__ if getattr(old, name) != getattr(new, name)]


def _line(line: LineDraft) -> list[object]:
    return [
        line.sku,
        line.name,
        line.category,
        to_milli(line.quantity),
        line.unit_price,
        line.discount,
        line.vat or "",
    ]


def _digest(content: list[object]) -> bytes:
    return hashlib.sha256(_encoder.encode(content)).digest()
