"""Reading the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bywalec.foundation.text import words
from bywalec.store.models import Product

LIMIT_MAX = 200
WORDS_MAX = 8


@dataclass(frozen=True, slots=True)
class ProductInfo:
    """A product; ``price`` is gross for one ``unit``, in the smallest unit of ``currency``."""

    id: UUID
    sku: str
    name: str
    category: str
    unit: str
    price: int
    currency: str
    vat: str | None
    active: bool


def product_by_sku(sku: str) -> ProductInfo | None:
    """Return a product by its code, if there is one."""
    return products_by_sku([sku]).get(sku)


def products_by_sku(skus: Iterable[str]) -> dict[str, ProductInfo]:
    """Return products by code, in one statement; unknown codes are missing."""
    return {row.sku: _info(row) for row in Product.objects.filter(sku__in=list(skus))}


def search_products(text: str, *, limit: int = 20, category: str | None = None) -> list[ProductInfo]:
    """Return active products in whose name, category or code every word begins a word, whatever case and diacritics.

    Args:
        text: what was typed; without words all products are meant.
        limit: at most 200; sorted by name.
        category: only this group.
    """
    rows = Product.objects.filter(active=True)
    if category is not None:
        rows = rows.filter(category=category)
    for word in words(text)[:WORDS_MAX]:
        rows = rows.filter(folded__contains=f" {word}")
    return [_info(row) for row in rows.order_by("folded", "sku")[: min(limit, LIMIT_MAX)]]


def categories() -> list[str]:
    """Return the groups of the active products, sorted."""
    rows = Product.objects.filter(active=True).exclude(category="")
    return list(rows.order_by("category").values_list("category", flat=True).distinct())


def _info(row: Product) -> ProductInfo:
    return ProductInfo(row.id, row.sku, row.name, row.category, row.unit, row.price, row.currency, row.vat, row.active)
