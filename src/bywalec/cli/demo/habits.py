"""How people shop: kinds of customers with their hours and shelves, the rhythm of weeks and months."""

from collections.abc import Mapping

import msgspec

from bywalec.cli.demo.documents import read


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of customer; weights are relative.

    Args:
        share: of the members.
        walk_in: of the receipts without a member.
        visits: per week, from and to.
        lines: mean number of lines on a receipt.
        hours: local hour → weight.
        weekdays: Monday first.
        categories: category → weight.
    """

    share: int
    walk_in: int
    visits: tuple[float, float]
    lines: float
    hours: dict[int, int]
    weekdays: tuple[int, int, int, int, int, int, int]
    categories: dict[str, int]

    def part_of_week(self, weekday: int) -> float:
        """Return which part of a week's visits falls on a weekday (Monday is 0)."""
        return self.weekdays[weekday] / sum(self.weekdays)


class Habits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All habits; shares are between 0 and 1."""

    kinds: dict[str, Kind]
    months: tuple[float, ...]
    before_closing: float
    two_days_before_closing: float
    bad_weather_spread: float
    anonymous_share: float
    by_phone_share: float
    promotion_products: int
    promotion_percent: tuple[int, ...]
    evening_bread_percent: int
    evening_bread_hour: int
    packaging_return_share: float
    exchange_share: float
    forgotten_card_share: float
    redeeming_share: float


def read_habits() -> Habits:
    """Return the habits of the demo's customers."""
    document: Mapping[str, object] = read("habits", dict[str, object])
    return msgspec.convert(document, Habits)
