"""What the doors send back, stored with the transaction byte by byte so that a repeated request gets the same."""

from datetime import datetime
from uuid import UUID

import msgspec

from bywalec.foundation.errors import BywalecError


class UnitPoints(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a purchase gave in one unit. ``balance`` is what can be spent afterwards."""

    unit: str
    earned: int
    pending: int
    active_at: datetime | None
    balance: int


class LineAnswer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one line of the receipt gave, and why, in one sentence."""

    points: int
    why: str


class Effect(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that happened because of the purchase; ``transaction`` is what a reversal would name."""

    effect: str
    unit: str
    points: int
    transaction: UUID | None
    why: str


class RefusedRule(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A rule that gave nothing, and why."""

    rule: str
    why: str


class PurchaseAnswer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Answer to ``POST /purchases``; ``purchase`` is None for a dry run."""

    purchase: UUID | None
    points: tuple[UnitPoints, ...]
    lines: tuple[LineAnswer, ...]
    effects: tuple[Effect, ...]
    refused: tuple[RefusedRule, ...]


class RedemptionAnswer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Answer to ``POST /redemptions``, and to capturing or releasing its hold.

    ``state`` is completed, held, released, lapsed or reversed; ``balance`` is what can be spent afterwards.
    """

    redemption: UUID
    transaction: UUID
    state: str
    member: UUID
    reward: UUID | None
    unit: str
    points: int
    code: str
    hold: UUID | None
    expires_at: datetime | None
    balance: int
    why: str


class ReversalAnswer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Answer to ``POST /transactions/{id}/reversal``: the change for the member, and what is owed afterwards."""

    transaction: UUID
    reverses: UUID
    member: UUID
    unit: str
    points: int
    balance: int
    debt: int
    why: str


class Answer(msgspec.Struct, frozen=True, gc=False):
    """The outcome of one accepted request.

    Args:
        body: the JSON document, exactly as it was stored.
        replayed: the request was answered before; nothing was written now.
    """

    body: bytes
    replayed: bool = False

    def purchase(self) -> PurchaseAnswer:
        """Read the body as the answer to a purchase."""
        return _purchase.decode(self.body)

    def redemption(self) -> RedemptionAnswer:
        """Read the body as the answer to a redemption, a capture or a release."""
        return _redemption.decode(self.body)

    def reversal(self) -> ReversalAnswer:
        """Read the body as the answer to a reversal."""
        return _reversal.decode(self.body)


class Refusal(msgspec.Struct, frozen=True):
    """The outcome of one request that was refused; nothing of it was written."""

    error: BywalecError


Outcome = Answer | Refusal

encode = msgspec.json.Encoder().encode
_purchase = msgspec.json.Decoder(PurchaseAnswer)
_redemption = msgspec.json.Decoder(RedemptionAnswer)
_reversal = msgspec.json.Decoder(ReversalAnswer)
