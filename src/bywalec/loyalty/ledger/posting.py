"""Posting: the only way points move, many at a time."""

from collections.abc import Sequence

from bywalec.foundation import clock, events
from bywalec.loyalty.ledger.book import Book
from bywalec.loyalty.ledger.context import Context, change_stock
from bywalec.loyalty.ledger.journal import Journal
from bywalec.loyalty.ledger.postings import Outcome, Posting


def post(batch: Sequence[Posting]) -> list[Outcome]:
    """Post a batch in the current unit of work; one outcome per posting, in order.

    The wallets concerned are locked in a stable order and settled first. Idempotency keys are looked at before
    balances: same key and same body give the stored answer, same key and another body a Conflict. A refused posting
    leaves no trace; the others are written in a number of statements that does not grow with the batch.

    Raises:
        InProgress: another process has just used one of the keys; nothing was written, the unit of work is lost.
    """
    if not batch:
        return []
    now = clock.now()
    context = Context(batch, now, lock=True)
    journal = Journal(context.programme_accounts, now)
    book = Book(context, journal, now)
    outcomes = [book.apply(posting) for posting in batch]
    journal.write(list(context.wallets.values()))
    change_stock(book.stock_change)
    events.publish(book.facts)
    return outcomes


def preview(batch: Sequence[Posting]) -> list[Outcome]:
    """Decide a batch as `post` would, without locking or writing anything."""
    now = clock.now()
    context = Context(batch, now, lock=False)
    book = Book(context, Journal(context.programme_accounts, now), now)
    return [book.apply(posting) for posting in batch]
