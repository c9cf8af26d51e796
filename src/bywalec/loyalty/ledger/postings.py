"""What can be posted, and what comes back."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from bywalec.foundation.actor import Actor
from bywalec.foundation.errors import BywalecError
from bywalec.loyalty.rules.credits import Credit


class Earn(msgspec.Struct, frozen=True, kw_only=True):
    """Credit a member. Without credits the transaction only keeps that the cause was considered, and its answer."""

    member: UUID
    unit: UUID
    credits: tuple[Credit, ...]


class Consider(msgspec.Struct, frozen=True):
    """Keep an answer without touching anybody's points: a purchase that names nobody we know."""


class Spend(msgspec.Struct, frozen=True, kw_only=True):
    """Take points for a redemption; a reward with limited stock gives one piece.

    Args:
        redemption: the id of the redemption the caller writes.
        lots: to be drawn first.
        hold: only put the points aside, under this id, until ``hold_until``.
    """

    member: UUID
    unit: UUID
    points: int
    redemption: UUID
    reward: UUID | None = None
    lots: tuple[UUID, ...] = ()
    hold: UUID | None = None
    hold_until: datetime | None = None


class EndHold(msgspec.Struct, frozen=True, kw_only=True):
    """Capture a hold (the points are spent) or release it (they are free again)."""

    hold: UUID
    verb: Literal["capture", "release"]


class Undo(msgspec.Struct, frozen=True, kw_only=True):
    """Reverse a transaction."""

    transaction: UUID


class Correct(msgspec.Struct, frozen=True, kw_only=True):
    """Give (above zero) or take (below zero) points by a person's decision."""

    member: UUID
    unit: UUID
    points: int
    lot: UUID
    expires_at: datetime | None = None


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """Only settle what is due in a wallet."""

    member: UUID
    unit: UUID


Order = Earn | Consider | Spend | EndHold | Undo | Correct | Sweep


class Posted(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a posting.

    Args:
        transaction: its id; of a sweep the nil id when nothing was due.
        replayed: the idempotency key was answered before; only ``transaction`` and ``answer`` speak then.
        points: change of the member's points, what is pending and held included.
        member, unit: whose wallet, None when none was touched.
        active, pending, held, debt: the wallet's balances afterwards; ``debt`` is zero or below.
        hold: the hold that was made or ended.
        hold_until: when the hold would have lapsed.
        redemption: the redemption concerned.
        source_kind, source: what the transaction came from; a reversal has those of what it reverses.
    """

    transaction: UUID
    kind: str
    replayed: bool = False
    answer: bytes | None = None
    member: UUID | None = None
    unit: UUID | None = None
    points: int = 0
    active: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    hold: UUID | None = None
    hold_until: datetime | None = None
    redemption: UUID | None = None
    source_kind: str = ""
    source: UUID | None = None

    @property
    def spendable(self) -> int:
        """What can be spent afterwards."""
        return self.active + self.debt


class Posting(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to post, with its cause.

    Args:
        order: what to do.
        occurred_at: when the cause happened.
        actor: who did it.
        source_kind, source: what it comes from, such as ("purchase", id).
        idempotency_key, body_hash: the caller's key and the fingerprint of its request.
        answer: makes the answer that is stored and given again when the request is repeated.
    """

    order: Order
    occurred_at: datetime
    actor: Actor
    source_kind: str = ""
    source: UUID | None = None
    rule_version: UUID | None = None
    reason: str = ""
    idempotency_key: str | None = None
    body_hash: bytes | None = None
    answer: Callable[[Posted], bytes] | None = None


class NotPosted(msgspec.Struct, frozen=True):
    """A posting that was refused; nothing of it was written."""

    error: BywalecError


Outcome = Posted | NotPosted
