"""What is on the shelves: products with prices, seasons, weighed portions and returnable packaging."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

import msgspec

from bywalec.cli.demo.documents import read

Deposit = Literal["plastic", "can", "glass"]
WARM_MONTHS = frozenset({5, 6, 7, 8, 9})
SEASON_FACTOR = 1.7


@dataclass(frozen=True, slots=True)
class Product:
    """One product.

    Args:
        sku: PLU number.
        unit: "szt" or "kg".
        price: gross, in grosze, of one unit.
        popularity: relative weight within its category.
        portion: from and to how many kilograms people take, for weighed goods.
        months: when it is sold; None: all year.
    """

    sku: str
    name: str
    category: str
    unit: str
    price: int
    vat: str
    popularity: float
    portion: tuple[Decimal, Decimal] | None = None
    deposit: Deposit | None = None
    months: frozenset[int] | None = None
    warm: bool = False
    cold: bool = False

    def demand(self, month: int) -> float:
        """Return how much the product is wanted in a month, relative to its category."""
        if self.months is not None and month not in self.months:
            return 0.0
        if self.warm or self.cold:
            wanted = (month in WARM_MONTHS) == self.warm
            return self.popularity * (SEASON_FACTOR if wanted else 1 / SEASON_FACTOR)
        return self.popularity


@dataclass(frozen=True)
class Shelves:
    """All products and the lines for packaging.

    Args:
        products: what is sold.
        packaging: the deposit line of each kind of packaging.
        excluded: categories that earn nothing.
    """

    products: tuple[Product, ...]
    packaging: Mapping[Deposit, Product]
    excluded: frozenset[str]

    @cached_property
    def by_sku(self) -> Mapping[str, Product]:
        """Return products and packaging by their number."""
        return {product.sku: product for product in (*self.products, *self.packaging.values())}

    @cached_property
    def by_category(self) -> Mapping[str, tuple[Product, ...]]:
        """Return the products of each category."""
        groups: dict[str, list[Product]] = {}
        for product in self.products:
            groups.setdefault(product.category, []).append(product)
        return {category: tuple(products) for category, products in groups.items()}

    def named(self, name: str) -> Product:
        """Return the product of a name.

        Raises:
            KeyError: there is none.
        """
        return self.by_name[name]

    @cached_property
    def by_name(self) -> Mapping[str, Product]:
        """Return the products by name."""
        return {product.name: product for product in self.products}


class _Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kg: tuple[float, float] | None = None
    deposit: Deposit | None = None
    months: frozenset[int] | None = None
    vat: str | None = None
    warm: bool = False
    cold: bool = False


class _Entry(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    name: str
    price: int
    popularity: int
    options: _Options = _Options()


class _Category(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    vat: str
    sku_from: int
    products: tuple[_Entry, ...]
    excluded: bool = False


class _Packaging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    category: str
    vat: str
    sku_from: int
    kinds: dict[Deposit, tuple[str, int]]


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    categories: dict[str, _Category]
    deposits: _Packaging


def read_shelves() -> Shelves:
    """Return what the shop of the demo sells."""
    document = read("products", _Document)
    products = tuple(
        _product(entry, name, category, position)
        for name, category in document.categories.items()
        for position, entry in enumerate(category.products)
    )
    deposits = document.deposits
    packaging = {
        kind: Product(str(deposits.sku_from + position), name, deposits.category, "szt", price, deposits.vat, 0)
        for position, (kind, (name, price)) in enumerate(deposits.kinds.items())
    }
    excluded = {name for name, category in document.categories.items() if category.excluded} | {deposits.category}
    return Shelves(products, packaging, frozenset(excluded))


def _product(entry: _Entry, name: str, category: _Category, position: int) -> Product:
    options = entry.options
    return Product(
        sku=str(category.sku_from + position),
        name=entry.name,
        category=name,
        unit="kg" if options.kg else "szt",
        price=entry.price,
        vat=options.vat or category.vat,
        popularity=entry.popularity,
        portion=(Decimal(str(options.kg[0])), Decimal(str(options.kg[1]))) if options.kg else None,
        deposit=options.deposit,
        months=options.months,
        warm=options.warm,
        cold=options.cold,
    )
