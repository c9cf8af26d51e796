"""Taking the receipts of a file in: by chunks, each one transaction, each receipt at most once, each row accounted for.

Nothing is remembered outside the database: an import that was stopped is simply started again, and what is there
already counts as repeated.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from django.db import connection

from bywalec.cli.importing.assembling import Assembly, Receipt
from bywalec.cli.importing.chunks import POSTGRESQL_SECONDS, SQLITE_SECONDS, ChunkSize, chunks
from bywalec.cli.importing.grouping import Survey, groups, survey
from bywalec.cli.importing.members import CardHolders
from bywalec.cli.importing.place import Place
from bywalec.cli.importing.reading import PurchaseFile, Row
from bywalec.cli.importing.rejects import Reject, RejectsFile
from bywalec.cli.importing.tally import MILLISECONDS, Tally
from bywalec.cli.importing.understanding import Understanding
from bywalec.cli.language import _
from bywalec.foundation import audit, clock, tenancy
from bywalec.foundation.actor import Actor, acting_as
from bywalec.foundation.errors import BywalecError
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.requests import Accept
from bywalec.loyalty.rules.answers import Outcome, Refusal
from bywalec.store.actions.returns import record_returns
from bywalec.store.rules.purchase import PurchaseDraft
from bywalec.store.rules.returned import RepeatedReturn, ReturnConflict, ReturnDraft, ReturnOutcome, check_return

CARDS_PER_TRANSACTION = 20
ACTOR = Actor("system", label="import")


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import.

    Args:
        file: what is read.
        place: where its receipts were made.
        create_members: whether customer numbers nobody has become members.
        rejects: where refused rows are written.
        on_progress: called after each transaction.
        limit: rows to read at most, and then those that belong to the last one's receipt; None for all.
    """

    file: PurchaseFile
    place: Place
    create_members: bool
    rejects: RejectsFile
    on_progress: Callable[[Tally], None]
    limit: int | None = None

    def survey(self) -> Survey:
        """Look through the file once: how many rows, and which receipts do not stand together."""
        understanding = Understanding(self.file.mapping, self.place.zone)
        return survey((understanding.key(row), understanding.card(row)) for row in self.rows(understanding))

    def rows(self, understanding: Understanding) -> Iterator[Row]:
        """Yield the rows to be read."""
        rows = self.file.rows()
        if self.limit is None:
            yield from rows
            return
        last = None
        for last in islice(rows, self.limit):
            yield last
        receipt = understanding.key(last) if last is not None else None
        yield from takewhile(lambda row: receipt is not None and understanding.key(row) == receipt, rows)

    def run(self, found: Survey) -> Tally:
        """Take everything in and return what became of it; the rows add up to those that were read.

        Raises:
            BywalecError: the file cannot be read on, or the programme refuses everything.
        """
        with acting_as(ACTOR):
            taking = _Taking(self, found)
            taking.meet_members()
            for chunk in chunks(taking.receipts(), taking.size):
                taking.take(chunk)
                self.on_progress(taking.tally)
            with tenancy.scope(self.place.organization):
                audit.record("import.purchases", subject_kind="shop", subject=self.place.shop, data=taking.figures())
        return taking.tally


class _Taking:
    """The state of a running import."""

    def __init__(self, task: Import, found: Survey) -> None:
        mapping = task.file.mapping
        self._task, self._found = task, found
        self._understanding = Understanding(mapping, task.place.zone)
        self._assembly = Assembly(mapping, task.place.shop, task.place.tills, task.place.currency)
        self._holders = CardHolders(create=task.create_members, language=mapping.language)
        self.size = ChunkSize(SQLITE_SECONDS if connection.vendor == "sqlite" else POSTGRESQL_SECONDS)
        self.tally = Tally()

    def figures(self) -> dict[str, int]:
        return self.tally.figures()

    def meet_members(self) -> None:
        """Look up the cards of the file, and create members for them when asked to, before their receipts come."""
        cards = iter(sorted(self._found.cards))
        while part := list(islice(cards, CARDS_PER_TRANSACTION)):
            with tenancy.scope(self._task.place.organization):
                self._holders.meet(part)
        self.tally.members = self._holders.created

    def receipts(self) -> Iterator[Receipt]:
        """Yield whole receipts; what cannot become one is rejected on the way."""
        items = (self._understanding.read(row) for row in self._task.rows(self._understanding))
        for group in groups(items, self._found.scattered):
            self.tally.rows += len(group.lines) + len(group.rejects)
            self._reject(group.all_rejects())
            if not group.lines or group.spoiled_by is not None:
                continue
            receipt = self._assembly.receipt(group.lines)
            if isinstance(receipt, Receipt):
                yield receipt
            else:
                self._reject(receipt)

    def take(self, chunk: Sequence[Receipt]) -> None:
        """Take one chunk in, in one transaction."""
        purchases = [one for one in chunk if isinstance(one.draft, PurchaseDraft)]
        slips = self._acceptable([one for one in chunk if isinstance(one.draft, ReturnDraft)])
        with tenancy.scope(self._task.place.organization):
            begun = time.monotonic()
            outcomes = accept_purchases([_accept(one) for one in purchases])
            returned = self._record_returns(slips)
        seconds = time.monotonic() - begun
        self.size.learn(sum(len(one.rows) for one in chunk), seconds)
        self.tally.lock_ms.append(seconds * MILLISECONDS)
        for receipt, outcome in zip(purchases, outcomes, strict=True):
            self._account_purchase(receipt, outcome)
        for receipt, result in zip(slips, returned, strict=True):
            self._account_return(receipt, result)

    def _acceptable(self, slips: Sequence[Receipt]) -> list[Receipt]:
        """Return the return slips that pass their check; the others are rejected."""
        passed = []
        for receipt in slips:
            try:
                check_return(_slip(receipt), currency=self._task.place.currency, now=clock.now(), source="import")
                passed.append(receipt)
            except BywalecError as error:
                self._reject(rejects_of(receipt, error))
        return passed

    def _record_returns(self, slips: Sequence[Receipt]) -> list[ReturnOutcome]:
        drafts = [_slip(one) for one in slips]
        return record_returns(drafts, customers=[self._holders.customer(one.member_reference) for one in drafts])

    def _account_purchase(self, receipt: Receipt, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            self._reject(rejects_of(receipt, outcome.error))
        elif outcome.replayed:
            self.tally.repeated += len(receipt.rows)
            self.tally.receipts_repeated += 1
        else:
            self.tally.accepted += len(receipt.rows)
            self.tally.receipts += 1
            self.tally.points += sum(unit.earned for unit in outcome.purchase().points)

    def _account_return(self, receipt: Receipt, outcome: ReturnOutcome) -> None:
        if isinstance(outcome, ReturnConflict):
            reason = _("A return of this number is recorded with other content.")
            self._reject(
                [Reject(row, receipt.number, "store.content_conflict", "", "", reason) for row in receipt.rows]
            )
        elif isinstance(outcome, RepeatedReturn):
            self.tally.returns_repeated += len(receipt.rows)
            self.tally.return_slips_repeated += 1
        else:
            self.tally.returns += len(receipt.rows)
            self.tally.return_slips += 1

    def _reject(self, rejects: Iterable[Reject]) -> None:
        for reject in rejects:
            self._task.rejects.write(reject)
            self.tally.rejected += 1


def rejects_of(receipt: Receipt, error: BywalecError) -> list[Reject]:
    """Return the rejects of a refused receipt: the row the error is about with its reason, the others naming it."""
    field, reason, value = error.field or "", str(error.message), "" if error.value is None else str(error.value)
    culprit = _line_at(field)
    if culprit is None or culprit >= len(receipt.rows):
        return [Reject(row, receipt.number, error.problem_code, field, value, reason) for row in receipt.rows]
    at_row = receipt.rows[culprit]
    because = _("Row {row} of the same receipt cannot go in.").format(row=at_row)
    own = Reject(at_row, receipt.number, error.problem_code, field.partition(".")[2], value, reason)
    return [
        own if row == at_row else Reject(row, receipt.number, "import.receipt_refused", "", "", because)
        for row in receipt.rows
    ]


def _line_at(field: str) -> int | None:
    """Return the position in a path such as ``lines[2].unit_price``."""
    head, bracket, rest = field.partition("[")
    position = rest.partition("]")[0]
    return int(position) if head == "lines" and bracket and position.isdigit() else None


def _accept(receipt: Receipt) -> Accept:
    draft = receipt.draft
    assert isinstance(draft, PurchaseDraft)
    return Accept(draft=draft, source="import", actor=ACTOR)


def _slip(receipt: Receipt) -> ReturnDraft:
    draft = receipt.draft
    assert isinstance(draft, ReturnDraft)
    return draft
