"""One batch at work: loaded wallets, decisions by pure rules, and the journal of what is to be written."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from bywalec.foundation.actor import SYSTEM
from bywalec.foundation.errors import BywalecError
from bywalec.foundation.events import Fact
from bywalec.foundation.ids import new_id
from bywalec.loyalty import errors
from bywalec.loyalty.events import HoldReleased, PointsExpired
from bywalec.loyalty.ledger.context import Context
from bywalec.loyalty.ledger.journal import Journal
from bywalec.loyalty.ledger.postings import (
    Consider,
    Correct,
    Earn,
    EndHold,
    NotPosted,
    Outcome,
    Posted,
    Posting,
    Spend,
    Sweep,
    Undo,
)
from bywalec.loyalty.ledger.reversing import REVERSIBLE, Done
from bywalec.loyalty.ledger.wallets import LoadedWallet, WalletKey
from bywalec.loyalty.rules.credits import Credit, GivenBack, credit, give_back
from bywalec.loyalty.rules.debits import capture, claw_back, put_aside, spend
from bywalec.loyalty.rules.settling import is_due, release, settle
from bywalec.loyalty.rules.wallet import MEMBER_ACCOUNTS, Decision, Movement, Wallet

NOTHING = UUID(int=0)


class Book:
    """Applies postings one after the other; a refused one leaves no trace."""

    def __init__(self, context: Context, journal: Journal, now: datetime) -> None:
        self._context = context
        self._journal = journal
        self._now = now
        self._answered = dict(context.answered)
        self.facts: list[Fact] = []
        self.stock_change: dict[UUID, int] = {}
        for loaded in context.wallets.values():
            self._settle(loaded)

    def apply(self, posting: Posting) -> Outcome:
        """Decide one posting and note what it writes."""
        key = posting.idempotency_key
        if key is not None and key in self._answered:
            return self._again(posting, *self._answered[key])
        try:
            posted = self._carry_out(posting)
        except BywalecError as error:
            return NotPosted(error)
        if key is not None and posted.answer is not None and posting.body_hash is not None:
            self._answered[key] = posting.body_hash, posted.transaction, posted.answer
        return posted

    def _again(self, posting: Posting, body_hash: bytes, transaction: UUID, answer: bytes) -> Outcome:
        if body_hash != posting.body_hash:
            return NotPosted(errors.IdempotencyMismatch(field="Idempotency-Key", value=posting.idempotency_key))
        return Posted(transaction=transaction, kind="", replayed=True, answer=answer)

    def _carry_out(self, posting: Posting) -> Posted:
        match posting.order:
            case Earn() as order:
                return self._earn(order, posting)
            case Consider():
                return self._without_movement(posting, None)
            case Spend() as order:
                return self._spend(order, posting)
            case EndHold() as order:
                return self._end_hold(order, posting)
            case Undo() as order:
                return self._undo(order, posting)
            case Correct() as order:
                return self._correct(order, posting)
            case Sweep() as order:
                return _state(self._wallet((order.member, order.unit)), NOTHING, "sweep", posting)

    def _earn(self, order: Earn, posting: Posting) -> Posted:
        loaded = self._wallet((order.member, order.unit))
        if not order.credits:
            return self._without_movement(posting, loaded)
        return self._post(posting, loaded, credit(loaded.wallet, order.credits, self._now))

    def _spend(self, order: Spend, posting: Posting) -> Posted:
        loaded = self._wallet((order.member, order.unit))
        self._require_stock(order.reward)
        if order.hold is not None and order.hold_until is not None:
            decision = put_aside(
                loaded.wallet,
                order.points,
                hold_id=order.hold,
                expires_at=order.hold_until,
                redemption=order.redemption,
                named=order.lots,
            )
            if order.reward is not None:
                loaded.rewards[order.hold] = order.reward
        else:
            decision = spend(loaded.wallet, order.points, named=order.lots)
        self._move_stock(order.reward, -1)
        return self._post(posting, loaded, decision)

    def _end_hold(self, order: EndHold, posting: Posting) -> Posted:
        key, state = self._context.holds.get(order.hold, (None, ""))
        if key is None:
            raise errors.HoldNotFound(field="hold", value=str(order.hold))
        loaded = self._wallet(key)
        hold = next((one for one in loaded.wallet.holds if one.id == order.hold), None)
        if hold is None:
            over = "lapsed" if state == "live" else state
            raise errors.HoldOver(field="hold", value=str(order.hold), state=over)
        if order.verb == "capture":
            return self._post(posting, loaded, capture(loaded.wallet, hold))
        self._move_stock(loaded.rewards.get(hold.id), 1)
        return self._post(posting, loaded, release(loaded.wallet, hold))

    def _undo(self, order: Undo, posting: Posting) -> Posted:
        done, key = self._reversible(order.transaction)
        loaded = self._wallet(key)
        takes = done.total > 0
        if done.source_kind == "redemption" and done.source is not None:
            if takes:
                self._require_stock(done.reward)
            self._move_stock(done.reward, -1 if takes else 1)
            self._journal.redemption_state(done.source, "completed" if takes else "reversed")
        before, decision = self._undoing(loaded.wallet, done)
        posted = self._post(posting, loaded, decision, reverses=done, before=before)
        self._context.reversed_by[done.id] = posted.transaction
        return posted

    def _correct(self, order: Correct, posting: Posting) -> Posted:
        loaded = self._wallet((order.member, order.unit))
        if order.points > 0:
            given = Credit(id=order.lot, amount=order.points, active_at=self._now, expires_at=order.expires_at)
            decision = credit(loaded.wallet, [given], self._now, kind="adjust", source="adjusted")
        else:
            decision = spend(loaded.wallet, -order.points, kind="adjust", target="adjusted")
        return self._post(posting, loaded, decision)

    def _undoing(self, wallet: Wallet, done: Done) -> tuple[Sequence[Movement], Decision]:
        if done.total > 0:
            after, movements = claw_back(wallet, done.parts, done.total, target=done.counter)
            return movements[:-1], (after, movements[-1])
        given = GivenBack(parts=done.parts, total=-done.total, spare=new_id())
        return (), give_back(wallet, given, self._now, source=done.counter)

    def _reversible(self, transaction: UUID) -> tuple[Done, WalletKey]:
        done, shown = self._context.done.get(transaction), str(transaction)
        if done is None:
            raise errors.TransactionNotFound(field="transaction", value=shown)
        if transaction in self._context.reversed_by:
            reversal = str(self._context.reversed_by[transaction])
            raise errors.AlreadyReversed(field="transaction", value=shown, reversal=reversal)
        if done.kind not in REVERSIBLE or done.wallet is None:
            raise errors.NotReversible(field="transaction", value=shown, kind=done.kind)
        return done, done.wallet

    def _wallet(self, key: WalletKey) -> LoadedWallet:
        loaded = self._context.wallets.get(key)
        if loaded is None:
            raise errors.MemberNotFound(field="member", value=str(key[0]))
        return loaded

    def _require_stock(self, reward: UUID | None) -> None:
        stock = self._context.stock.get(reward) if reward is not None else None
        if reward is not None and stock is not None and stock + self.stock_change.get(reward, 0) <= 0:
            raise errors.RewardOutOfStock(field="reward", value=str(reward))

    def _move_stock(self, reward: UUID | None, change: int) -> None:
        if reward is not None:
            self.stock_change[reward] = self.stock_change.get(reward, 0) + change

    def _without_movement(self, posting: Posting, loaded: LoadedWallet | None) -> Posted:
        posted = _state(loaded, new_id(), "earn", posting)
        return self._note(posting, posted, occurred_at=posting.occurred_at)

    def _post(
        self,
        posting: Posting,
        loaded: LoadedWallet,
        decision: Decision,
        *,
        reverses: Done | None = None,
        before: Sequence[Movement] = (),
    ) -> Posted:
        """Note a decision, settle what it made due, and make the answer."""
        after, movement = decision
        loaded.wallet = after
        for earlier in before:
            self._note_settled(loaded, earlier)
        transaction = new_id()
        self._journal.movement(loaded, movement, transaction)
        self._settle(loaded)
        if reverses is not None:
            posting = replace(posting, source_kind=reverses.source_kind, source=reverses.source)
        posted = replace(_state(loaded, transaction, movement.kind, posting), points=_points(movement))
        if movement.hold is not None:
            hold = movement.hold
            posted = replace(posted, hold=hold.id, hold_until=hold.expires_at, redemption=hold.redemption)
        return self._note(posting, posted, occurred_at=posting.occurred_at, reverses=reverses.id if reverses else None)

    def _note(self, posting: Posting, posted: Posted, *, occurred_at: datetime, reverses: UUID | None = None) -> Posted:
        answer = posting.answer(posted) if posting.answer is not None else None
        self._journal.transaction(
            posted.transaction, posted.kind, posting, occurred_at=occurred_at, reverses=reverses, answer=answer
        )
        return replace(posted, answer=answer)

    def _settle(self, loaded: LoadedWallet) -> None:
        if not is_due(loaded.wallet, self._now):
            return
        loaded.wallet, movements = settle(loaded.wallet, self._now)
        for movement in movements:
            self._note_settled(loaded, movement)
        loaded.changed = True

    def _note_settled(self, loaded: LoadedWallet, movement: Movement) -> None:
        """Note what time did; it has no cause but the clock, or the hold that ended."""
        transaction, hold, occurred_at = new_id(), movement.hold, movement.occurred_at or self._now
        cause = Posting(
            order=Sweep(member=loaded.key[0], unit=loaded.key[1]),
            occurred_at=occurred_at,
            actor=SYSTEM,
            source_kind="hold" if hold is not None else "",
            source=hold.id if hold is not None else None,
        )
        self._journal.transaction(transaction, movement.kind, cause, occurred_at=occurred_at)
        self._journal.movement(loaded, movement, transaction)
        member, unit = loaded.key[0], self._context.unit_codes[loaded.key[1]]
        if hold is not None:
            self._move_stock(loaded.rewards.get(hold.id), 1)
            self.facts.append(
                HoldReleased(member_id=member, unit=unit, points=hold.amount, hold_id=hold.id, lapsed=True)
            )
        elif movement.kind == "expire" and _points(movement) < 0:
            self.facts.append(
                PointsExpired(member_id=member, unit=unit, points=-_points(movement), transaction_id=transaction)
            )


def _points(movement: Movement) -> int:
    """Return the change of the member's points: the other side of the programme's entries."""
    return sum([side.amount for side in movement.sides if side.account in MEMBER_ACCOUNTS])


def _state(loaded: LoadedWallet | None, transaction: UUID, kind: str, posting: Posting) -> Posted:
    if loaded is None:
        return Posted(transaction=transaction, kind=kind, source_kind=posting.source_kind, source=posting.source)
    wallet = loaded.wallet
    return Posted(
        transaction=transaction,
        kind=kind,
        member=loaded.key[0],
        unit=loaded.key[1],
        active=wallet.active,
        pending=wallet.pending,
        held=wallet.held,
        debt=wallet.debt,
        source_kind=posting.source_kind,
        source=posting.source,
    )
