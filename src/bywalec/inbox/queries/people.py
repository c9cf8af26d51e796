"""Names of those who write."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bywalec.foundation import queries


@dataclass(frozen=True, slots=True)
class StaffRef:
    """A staff member as the inbox shows one."""

    id: UUID
    name: str

    @property
    def given_name(self) -> str:
        """The name customers see."""
        return self.name.split(" ", 1)[0]


def staff_refs(ids: Iterable[UUID | None]) -> dict[UUID, StaffRef]:
    """Return the staff members of some ids, by id."""
    wanted = {one for one in ids if one is not None}
    return {staff_id: StaffRef(staff_id, name) for staff_id, name in queries.staff_names(wanted).items()}
