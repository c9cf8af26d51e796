"""How much goes into one transaction: as much as keeps it short, found out while the import runs."""

from collections.abc import Iterable, Iterator

from bywalec.cli.importing.assembling import Receipt

SQLITE_SECONDS = 0.040
POSTGRESQL_SECONDS = 0.400
LINES_FIRST = 100
LINES_MAX = 10_000
LINES_MIN = 50
GROWTH_MAX = 2.0
SAFETY = 0.9


class ChunkSize:
    """The number of lines for the next transaction.

    Args:
        seconds: how long a transaction should last at most; on SQLite nobody else can write meanwhile. Below
            `LINES_MIN` lines it would not get shorter, because beginning and committing take their time too.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.lines = LINES_FIRST

    def learn(self, lines: int, seconds: float) -> None:
        """Take note of how long a transaction of so many lines lasted."""
        fitting = SAFETY * lines * self.seconds / max(seconds, 1e-6)
        self.lines = max(LINES_MIN, min(int(fitting), int(self.lines * GROWTH_MAX), LINES_MAX))


def chunks(receipts: Iterable[Receipt], size: ChunkSize) -> Iterator[list[Receipt]]:
    """Yield receipts by chunks of about the number of lines that fits; a receipt is never divided."""
    chunk: list[Receipt] = []
    lines = 0
    for receipt in receipts:
        if chunk and lines + len(receipt.rows) > size.lines:
            yield chunk
            chunk, lines = [], 0
        chunk.append(receipt)
        lines += len(receipt.rows)
    if chunk:
        yield chunk
