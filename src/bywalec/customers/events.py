"""Facts about people; they carry ids, never a name."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bywalec.foundation.events import Fact


@dataclass(frozen=True, kw_only=True)
class CustomerErased(Fact):
    """A person's key was destroyed; whoever keeps something that points to the person clears it."""

    kind: ClassVar[str] = "customers.customer_erased"

    customer_id: UUID
