"""Filling one basket: what is taken, how much of it, what is on offer, which packaging comes with it or back."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from math import exp
from random import Random

from bywalec.cli.demo.goods import Deposit, Product, Shelves
from bywalec.cli.demo.habits import Habits, Kind
from bywalec.cli.demo.people import Person
from bywalec.cli.demo.shop import easter
from bywalec.store.rules.purchase import LineDraft, line_amount, line_total

FAVOURITE_SHARE = 0.62
LINES_MAX = 24
GRAM = Decimal("0.001")
BREAD = "Pieczywo"
TAKEN_IN_MORE = {"Pieczywo": (1, 6), "Napoje": (1, 4), "Alkohol": (1, 6), "Dla zwierząt": (1, 8)}
MORE_SHARE = 0.55
DOUGHNUT = "Pączek z różą"
FAT_THURSDAY_SHARE = 0.6


class Baskets:
    """Fills baskets by chance, within habits and seasons."""

    def __init__(self, chance: Random, habits: Habits, shelves: Shelves) -> None:
        self._chance = chance
        self._habits = habits
        self._shelves = shelves
        self._week: tuple[int, int] = (0, 0)
        self._promotions: dict[str, int] = {}
        self._fat_thursday = False
        self._demand = lru_cache(maxsize=None)(self._weigh)

    def start_day(self, day: date) -> None:
        """Begin a day: a new week brings new offers, the Thursday 52 days before Easter brings doughnuts."""
        self._fat_thursday = day + timedelta(days=52) == easter(day.year)
        year, week, _ = day.isocalendar()
        if (year, week) == self._week:
            return
        self._week = (year, week)
        sold = [product for product in self._shelves.products if product.category not in self._shelves.excluded]
        chosen = self._chance.sample(sold, self._habits.promotion_products)
        self._promotions = {product.sku: self._chance.choice(self._habits.promotion_percent) for product in chosen}

    def fill(self, person: Person | None, kind: Kind, day: date, hour: int) -> list[LineDraft]:
        """Return the lines of one receipt, at least one.

        Args:
            person: the member, whose favourites come first.
            kind: how this customer shops.
            day: the local date.
            hour: the local hour; bread is cheaper late.
        """
        count = min(LINES_MAX, 1 + self.poisson(kind.lines - 1))
        products = self._choose(person, kind, day.month, count)
        lines = [self.line(product, hour) for product in products]
        lines += self._packaging(products, lines)
        if self._fat_thursday and self._chance.random() < FAT_THURSDAY_SHARE:
            lines.append(as_line(self._shelves.named(DOUGHNUT), Decimal(self._chance.randint(2, 12))))
        if self._chance.random() < self._habits.packaging_return_share:
            lines += self._brought_back(sum(map(line_total, lines)))
        elif self._chance.random() < self._habits.exchange_share:
            lines += self._exchanged(day.month)
        return lines

    def line(self, product: Product, hour: int = 12) -> LineDraft:
        """Return a line with some quantity of a product and the discount it has now."""
        quantity = self._quantity(product)
        return as_line(product, quantity, self._percent_off(product, hour))

    def poisson(self, mean: float) -> int:
        """Return a Poisson-distributed number (Knuth, The Art of Computer Programming, vol. 2, 3.4.1)."""
        limit, product, count = exp(-mean), self._chance.random(), 0
        while product > limit:
            product *= self._chance.random()
            count += 1
        return count

    def _choose(self, person: Person | None, kind: Kind, month: int, count: int) -> list[Product]:
        chosen: dict[str, Product] = {}
        favourites = [(p, w) for p, w in person.favourites if p.demand(month)] if person else []
        for _ in range(count * 3):
            if favourites and self._chance.random() < FAVOURITE_SHARE:
                product = self._chance.choices([p for p, _ in favourites], [w for _, w in favourites])[0]
            else:
                category = self._chance.choices(list(kind.categories), list(kind.categories.values()))[0]
                products, weights = self._demand(category, month)
                product = self._chance.choices(products, cum_weights=weights)[0]
            chosen[product.sku] = product
            if len(chosen) >= count:
                break
        return list(chosen.values())

    def _weigh(self, category: str, month: int) -> tuple[Sequence[Product], Sequence[float]]:
        products = self._shelves.by_category[category]
        total, weights = 0.0, []
        for product in products:
            total += product.demand(month)
            weights.append(total)
        return products, weights

    def _quantity(self, product: Product) -> Decimal:
        if product.portion is not None:
            low, high = (int(bound / GRAM) for bound in product.portion)
            return GRAM * self._chance.randint(low, high)
        bounds = TAKEN_IN_MORE.get(product.category)
        if bounds and self._chance.random() < MORE_SHARE:
            return Decimal(self._chance.randint(*bounds))
        return Decimal(2 if self._chance.random() < 0.1 else 1)

    def _percent_off(self, product: Product, hour: int) -> int:
        late = hour >= self._habits.evening_bread_hour and product.category == BREAD
        return max(self._promotions.get(product.sku, 0), self._habits.evening_bread_percent if late else 0)

    def _packaging(self, products: Sequence[Product], lines: Sequence[LineDraft]) -> list[LineDraft]:
        pieces: dict[Deposit, Decimal] = {}
        for product, line in zip(products, lines, strict=True):
            if product.deposit:
                pieces[product.deposit] = pieces.get(product.deposit, Decimal(0)) + line.quantity
        return [as_line(self._shelves.packaging[kind], quantity) for kind, quantity in pieces.items()]

    def _brought_back(self, to_pay: int) -> list[LineDraft]:
        """Bring empty packaging back, never for more than what is bought: the shop pays nothing out here."""
        packaging = self._chance.choice(list(self._shelves.packaging.values()))
        pieces = min(self._chance.randint(2, 20), to_pay // packaging.price)
        return [as_line(packaging, Decimal(-pieces))] if pieces else []

    def _exchanged(self, month: int) -> list[LineDraft]:
        """Change one thing for a dearer one of the same shelf."""
        products = [p for p in self._shelves.by_category["Produkty sypkie i konserwy"] if p.demand(month)]
        cheap, dear = sorted(self._chance.sample(products, 2), key=lambda product: product.price)
        return [as_line(cheap, Decimal(-1)), as_line(dear, Decimal(1))]


def as_line(product: Product, quantity: Decimal, percent_off: int = 0) -> LineDraft:
    """Return the line of a receipt for some quantity of a product; a reduction is rounded down to the grosz."""
    return LineDraft(
        sku=product.sku,
        name=product.name,
        category=product.category,
        quantity=quantity,
        unit_price=product.price,
        discount=line_amount(quantity, product.price) * percent_off // 100,
        vat=product.vat,
    )
