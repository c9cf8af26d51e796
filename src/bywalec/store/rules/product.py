"""A product of the catalogue and what is checked about it."""

import msgspec

from bywalec.foundation.text import words
from bywalec.store import errors
from bywalec.store.rules.purchase.check import check_text, is_vat
from bywalec.store.rules.purchase.limits import STANDARD, PurchaseLimits

UNIT_LENGTH_MAX = 12
FOLDED_LENGTH_MAX = 300


class ProductDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A product to be written.

    Args:
        sku: the shop's code; the same code updates the product.
        name: as customers know it.
        price: gross, in the smallest unit of the organization's currency.
        category: the shop's own group.
        unit: what one is: "szt", "kg", "l".
        vat: rate, None when unknown.
        active: still sold.
    """

    sku: str
    name: str
    price: int
    category: str = ""
    unit: str = "szt"
    vat: str | None = None
    active: bool = True


def check_product(draft: ProductDraft, *, currency: str, path: str = "", limits: PurchaseLimits = STANDARD) -> None:
    """Accept a product or say what is wrong with it.

    Raises:
        InvalidInput: with code, field path, value and remedy.
    """
    check_text(draft.sku, f"{path}sku", limits.sku_length_max)
    check_text(draft.name, f"{path}name", limits.name_length_max)
    check_text(draft.unit, f"{path}unit", UNIT_LENGTH_MAX)
    if draft.category:
        check_text(draft.category, f"{path}category", limits.category_length_max)
    if not 0 <= draft.price <= limits.unit_price_max:
        raise errors.BadUnitPrice(field=f"{path}price", value=draft.price, limit=limits.unit_price_max)
    if draft.vat is not None and not is_vat(draft.vat, currency, limits):
        raise errors.BadVat(field=f"{path}vat", value=draft.vat)


def folded(draft: ProductDraft) -> str:
    """Return what a product is searched by: name, category and code, folded, each word after a space."""
    return f" {' '.join(words(f'{draft.name} {draft.category} {draft.sku}'))}"[:FOLDED_LENGTH_MAX]
