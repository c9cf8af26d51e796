"""What became of every row: the figures an import prints, which must add up to the rows of the file."""

from dataclasses import dataclass, field
from statistics import median

MILLISECONDS = 1000


@dataclass(slots=True)
class Tally:
    """Rows and receipts by what became of them.

    Args:
        rows: read so far.
        accepted, repeated, rejected: rows of purchases that went in, were there already, were refused.
        returns, returns_repeated: rows of returns that wait now, that were there already.
        receipts, receipts_repeated, return_slips, return_slips_repeated: the same, counted as receipts and slips.
        members: created for the import.
        points: credited.
        lock_ms: how long each transaction lasted.
    """

    rows: int = 0
    accepted: int = 0
    repeated: int = 0
    rejected: int = 0
    returns: int = 0
    returns_repeated: int = 0
    receipts: int = 0
    receipts_repeated: int = 0
    return_slips: int = 0
    return_slips_repeated: int = 0
    members: int = 0
    points: int = 0
    lock_ms: list[float] = field(default_factory=list)

    @property
    def accounted(self) -> int:
        """Return how many rows something became of."""
        return self.accepted + self.repeated + self.rejected + self.returns + self.returns_repeated

    def figures(self) -> dict[str, int]:
        """Return the figures by name, the duration of transactions as median and maximum."""
        names = [name for name in self.__slots__ if name != "lock_ms"]
        durations = self.lock_ms or [0.0]
        shown = {name: int(getattr(self, name)) for name in names}
        return shown | {"lock_ms_median": round(median(durations)), "lock_ms_max": round(max(durations))}
