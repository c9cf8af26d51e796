"""From rows to the rows of one receipt. A receipt goes in whole or not at all.

Rows of a receipt usually stand together; where they do not, a first pass has found it out and the receipt is held back
until the end of the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bywalec.cli.importing.rejects import Reject
from bywalec.cli.importing.understanding import STOCK_CORRECTION, Key, ReadLine
from bywalec.cli.language import _
from bywalec.foundation.errors import InvalidInput

HELD_ROWS_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one receipt: lines that could be read, and rows that could not."""

    lines: tuple[ReadLine, ...]
    rejects: tuple[Reject, ...]

    @property
    def spoiled_by(self) -> Reject | None:
        """Return the row that keeps the whole receipt out; a correction of the stock is no part of a receipt."""
        return next((reject for reject in self.rejects if reject.code != STOCK_CORRECTION), None)

    def all_rejects(self) -> list[Reject]:
        """Return the rejects of a group, with the readable lines too when one row keeps the receipt out."""
        spoiler = self.spoiled_by
        if spoiler is None:
            return list(self.rejects)
        reason = _("Row {row} of the same receipt cannot go in.").format(row=spoiler.row)
        siblings = [
            Reject(line.row, line.receipt_number, "import.receipt_refused", "", "", reason) for line in self.lines
        ]
        return sorted([*self.rejects, *siblings], key=lambda reject: reject.row)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a first pass found out.

    Args:
        rows: how many there are.
        scattered: receipts whose rows do not stand together.
        tills: codes the rows name; "" where they name none.
        cards: that the rows name.
    """

    rows: int
    scattered: frozenset[Key]
    tills: frozenset[str]
    cards: frozenset[str]


def survey(seen: Iterable[tuple[Key | None, str]]) -> Survey:
    """Look through the receipts and cards of all rows.

    Args:
        seen: which receipt each row belongs to, None where that cannot be told, and the card it names, or "".
    """
    closed: set[Key | None] = set()
    scattered: set[Key] = set()
    tills: set[str] = set()
    cards: set[str] = set()
    current: Key | None = None
    rows = 0
    for key, card in seen:
        rows += 1
        cards.add(card)
        if key == current:
            continue
        if current is not None:
            closed.add(current)
        current = key
        if key is not None:
            tills.add(key[0])
            if key in closed:
                scattered.add(key)
    return Survey(rows, frozenset(scattered), frozenset(tills), frozenset(cards - {""}))


def groups(items: Iterable[ReadLine | Reject], scattered: frozenset[Key]) -> Iterator[Group]:
    """Yield the receipts of a file; those whose rows do not stand together come last.

    Raises:
        InvalidInput: too many rows would have to be held back.
    """
    grouping = _Grouping(scattered)
    for item in items:
        finished = grouping.add(item)
        if finished is not None:
            yield finished
    yield from grouping.rest()


class _Grouping:
    """Collects the rows of the receipt that is being read, and holds back those of scattered ones."""

    def __init__(self, scattered: frozenset[Key]) -> None:
        self._scattered = scattered
        self._scattered_numbers = frozenset(number for _, number, _ in scattered)
        self._lines: list[ReadLine] = []
        self._rejects: list[Reject] = []
        self._held: dict[Key, list[ReadLine]] = {}
        self._held_rejects: dict[str, list[Reject]] = {}
        self._held_count = 0

    def add(self, item: ReadLine | Reject) -> Group | None:
        """Take a row; return the receipt before it, when the row begins another."""
        if self._hold_back(item):
            return None
        finished = None if self._belongs(item) else self._finish()
        if isinstance(item, Reject):
            self._rejects.append(item)
        else:
            self._lines.append(item)
        return finished

    def rest(self) -> Iterator[Group]:
        """Yield the last receipt and those that were held back."""
        last = self._finish()
        if last is not None:
            yield last
        for key, lines in self._held.items():
            yield Group(tuple(lines), tuple(self._held_rejects.pop(key[1], ())))
        for rejects in self._held_rejects.values():
            yield Group((), tuple(rejects))

    def _belongs(self, item: ReadLine | Reject) -> bool:
        if isinstance(item, ReadLine) and self._lines:
            return self._lines[-1].key == item.key
        number = item.receipt_number if isinstance(item, ReadLine) else item.receipt
        before = self._lines[-1].receipt_number if self._lines else self._rejects[-1].receipt if self._rejects else None
        return number == before

    def _finish(self) -> Group | None:
        group = Group(tuple(self._lines), tuple(self._rejects))
        self._lines, self._rejects = [], []
        return group if group.lines or group.rejects else None

    def _hold_back(self, item: ReadLine | Reject) -> bool:
        if isinstance(item, Reject):
            if item.receipt not in self._scattered_numbers:
                return False
            self._held_rejects.setdefault(item.receipt, []).append(item)
        else:
            if item.key not in self._scattered:
                return False
            self._held.setdefault(item.key, []).append(item)
        self._held_count += 1
        if self._held_count > HELD_ROWS_MAX:
            raise InvalidInput(
                _("The rows of too many receipts stand apart in the file."),
                code="import.scattered_receipts",
                field="FILE",
                value=self._held_count,
                remedy=_("Sort the file by receipt number and try again."),
            )
        return True
