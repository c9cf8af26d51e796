"""Facts the store publishes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bywalec.foundation.events import Fact


@dataclass(frozen=True, kw_only=True)
class PurchaseRecorded(Fact):
    """A purchase was recorded for the first time."""

    kind: ClassVar[str] = "store.purchase_recorded"

    purchase_id: UUID
    shop_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReturnRecorded(Fact):
    """A return was recorded; it waits until its sale is known."""

    kind: ClassVar[str] = "store.return_recorded"

    return_id: UUID
    shop_id: UUID
