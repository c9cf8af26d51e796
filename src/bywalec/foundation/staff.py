"""Roles of staff and what each may do; doors ask `allowed` and never compare roles themselves."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a staff member is in an organization."""

    OWNER = "owner"
    MANAGER = "manager"
    CONSULTANT = "consultant"
    CASHIER = "cashier"
    TRAINER = "trainer"
    ANALYST = "analyst"
    PRIVACY_OFFICER = "privacy_officer"


_LEADS = frozenset({Role.OWNER, Role.MANAGER})
_SERVICE = _LEADS | {Role.CONSULTANT}

PERMISSIONS: dict[str, frozenset[Role]] = {
    "console.enter": frozenset(Role),
    "inbox.read": _SERVICE,
    "inbox.reply": _SERVICE,
    "members.read": _SERVICE | {Role.CASHIER, Role.PRIVACY_OFFICER},
    "members.enrol": _SERVICE | {Role.CASHIER},
    "members.correct": _LEADS,
    "purchases.read": _SERVICE | {Role.CASHIER},
    "outbox.read": _SERVICE | {Role.PRIVACY_OFFICER},
    "settings.read": _LEADS,
    "settings.write": _LEADS,
    "keys.manage": frozenset({Role.OWNER}),
    "staff.read": _LEADS,
    "components.read": frozenset(Role),
}


@dataclass(frozen=True, slots=True)
class StaffInfo:
    """A signed-in staff member in one organization."""

    id: UUID
    organization: UUID
    name: str
    email: str
    role: Role
    language: str
    theme: str


def allowed(role: Role, permission: str) -> bool:
    """Say whether a role has a permission.

    Raises:
        KeyError: no such permission is declared.
    """
    return role in PERMISSIONS[permission]
