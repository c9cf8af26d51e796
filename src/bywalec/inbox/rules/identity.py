"""How sure we are of who writes, and until when."""

from dataclasses import dataclass
from datetime import datetime

from bywalec.inbox.rules.kinds import IdentityLevel

_RANK = {IdentityLevel.NONE: 0, IdentityLevel.KNOWN: 1, IdentityLevel.VERIFIED: 2}


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity of a contact at a moment.

    Args:
        level: how sure we are.
        how: by what, such as ``visitor_token`` or ``one_time_code``; empty for nobody.
        since: when it was shown.
        until: when it ends; None for nobody.
    """

    level: IdentityLevel
    how: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def at_least(self, level: IdentityLevel) -> bool:
        """Say whether this is as sure as a level asks."""
        return _RANK[self.level] >= _RANK[level]


NOBODY = Identity(IdentityLevel.NONE)


def identity_at(identity: Identity, at: datetime) -> Identity:
    """Return what is left of an identity at a moment: after its end it proves nothing."""
    if identity.level is IdentityLevel.NONE or identity.until is None or identity.until <= at:
        return NOBODY
    return identity
