"""What a receipt is worth in points, worked out here once more: the demo and the smoke run check the ledger with it."""

from collections.abc import Iterable

from bywalec.cli.demo.goods import Shelves
from bywalec.cli.demo.shop import Programme
from bywalec.store.rules.purchase import LineDraft, line_total


def earning_amount(lines: Iterable[LineDraft], shelves: Shelves) -> int:
    """Return how many grosze of a receipt count: what is paid for goods outside the excluded categories."""
    return sum(line_total(line) for line in lines if line.category not in shelves.excluded)


def earned(lines: Iterable[LineDraft], programme: Programme, shelves: Shelves) -> int:
    """Return the points of a receipt: so many for every full amount, counted once for the whole receipt."""
    return max(0, earning_amount(lines, shelves)) // programme.per_amount * programme.points
