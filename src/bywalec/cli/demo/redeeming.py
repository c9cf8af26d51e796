"""What members do with their points: they save for something they like, take it, and it stands free on the receipt."""

from decimal import Decimal
from random import Random

import msgspec

from bywalec.cli.demo.baskets import as_line
from bywalec.cli.demo.goods import Shelves
from bywalec.cli.demo.people import Person
from bywalec.cli.demo.points import earned
from bywalec.cli.demo.shop import Programme, Reward
from bywalec.store.rules.purchase import LineDraft, line_total

TAKES_IT_NOW = 0.3
COMES_FOR_IT_ALONE = 0.3


class Purses:
    """Keeps count of every member's points as the programme would."""

    def __init__(self, chance: Random, programme: Programme, shelves: Shelves) -> None:
        self._chance = chance
        self._programme = programme
        self._shelves = shelves
        self._points: dict[int, int] = {}
        self._wishes: dict[int, Reward] = {}

    def pay(self, person: Person, lines: list[LineDraft]) -> tuple[Reward | None, list[LineDraft]]:
        """Return the reward the member takes before this receipt, if any, and the receipt with it."""
        if not person.spends:
            return None, lines
        wish = self._wishes.setdefault(person.number, self._wish())
        if self._points.get(person.number, 0) < wish.points or self._chance.random() > TAKES_IT_NOW:
            return None, lines
        with_it = self._with_reward(wish, lines)
        if with_it is None:
            return None, lines
        self._points[person.number] -= wish.points
        self._wishes[person.number] = self._wish()
        return wish, with_it

    def collect(self, person: Person, lines: list[LineDraft]) -> int:
        """Add the points of a receipt and return them."""
        points = earned(lines, self._programme, self._shelves)
        self._points[person.number] = self._points.get(person.number, 0) + points
        return points

    def _wish(self) -> Reward:
        rewards = self._programme.rewards
        return self._chance.choices(rewards, [1 / reward.points for reward in rewards])[0]

    def _with_reward(self, reward: Reward, lines: list[LineDraft]) -> list[LineDraft] | None:
        if reward.product is not None:
            free = as_line(self._shelves.named(reward.product), Decimal(1), percent_off=100)
            return [free] if reward.alone and self._chance.random() < COMES_FOR_IT_ALONE else [*lines, free]
        return _less(lines, reward.amount_off, self._shelves)


def _less(lines: list[LineDraft], amount: int, shelves: Shelves) -> list[LineDraft] | None:
    """Take an amount off the dearest goods; None when the goods do not cost that much."""
    left, cheaper = amount, list(lines)
    for position in sorted(range(len(lines)), key=lambda position: -line_total(lines[position])):
        line = lines[position]
        off = min(left, line_total(line)) if line.category not in shelves.excluded else 0
        if off > 0:
            cheaper[position] = msgspec.structs.replace(line, discount=line.discount + off)
            left -= off
    return None if left else cheaper
