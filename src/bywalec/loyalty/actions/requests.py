"""What the doors ask of the ledger: one small value per kind of request, ready to be handled in batches."""

import hashlib
from typing import Literal
from uuid import UUID

import msgspec

from bywalec.foundation.actor import Actor
from bywalec.loyalty.errors import BadIdempotencyKey, ReasonMissing
from bywalec.store.rules.purchase import PurchaseDraft, Source


class Accept(msgspec.Struct, frozen=True, kw_only=True):
    """Take in a purchase; the draft says how the receipt names the member.

    Args:
        draft: the receipt.
        idempotency_key: optional; the receipt's own number is checked in any case.
        body_hash: SHA-256 of the request; computed from the content when missing.
        source: "till" bounds the clock, "import" may reach back.
        actor: who sent it; the current actor by default.
    """

    draft: PurchaseDraft
    idempotency_key: str | None = None
    body_hash: bytes | None = None
    source: Source = "till"
    actor: Actor | None = None


class RedeemRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Spend points on a reward, or a number of points; with ``hold`` they are only put aside."""

    member: UUID
    reward: UUID | None = None
    points: int | None = None
    till: UUID | None = None
    hold: bool = False
    idempotency_key: str | None = None
    body_hash: bytes | None = None
    actor: Actor | None = None


class SettleHold(msgspec.Struct, frozen=True, kw_only=True):
    """Capture a hold (the points are spent) or release it (they are free again)."""

    hold: UUID
    verb: Literal["capture", "release"]
    idempotency_key: str | None = None
    body_hash: bytes | None = None
    actor: Actor | None = None


class ReverseRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Undo a ledger transaction by another one that names it."""

    transaction: UUID
    reason: str
    idempotency_key: str | None = None
    body_hash: bytes | None = None
    actor: Actor | None = None


KEY_LENGTH_MAX = 255
REASON_LENGTH_MAX = 500

Request = Accept | RedeemRequest | SettleHold | ReverseRequest

_encode = msgspec.json.Encoder(order="deterministic").encode
_NOT_CONTENT = frozenset({"idempotency_key", "body_hash", "actor", "source"})


def content_digest(request: Request) -> bytes:
    """Return the hash by which two requests under one idempotency key are told apart."""
    if request.body_hash is not None:
        return request.body_hash
    content = {name: getattr(request, name) for name in request.__struct_fields__ if name not in _NOT_CONTENT}
    return hashlib.sha256(_encode([type(request).__name__, content])).digest()


def checked_key(key: str | None) -> str | None:
    """Return an idempotency key that can be kept.

    Raises:
        BadIdempotencyKey: it is empty, too long or has control characters.
    """
    if key is not None and not (0 < len(key) <= KEY_LENGTH_MAX and key.isprintable()):
        raise BadIdempotencyKey(field="Idempotency-Key", value=key)
    return key


def checked_reason(reason: str) -> str:
    """Return the reason of a correction as it is kept.

    Raises:
        ReasonMissing: it is empty, too long or has control characters.
    """
    text = " ".join(reason.split())
    if not (0 < len(text) <= REASON_LENGTH_MAX and text.isprintable()):
        raise ReasonMissing(field="reason", value=reason)
    return text
