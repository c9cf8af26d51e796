"""The limits in force: those of `rules.limits`, of which the setting ``BYWALEC_INBOX`` replaces single ones by name."""

from dataclasses import replace
from functools import lru_cache

from django.conf import settings

from bywalec.inbox.rules.limits import Limits


@lru_cache(maxsize=1)
def limits() -> Limits:
    """Return the limits of this process; a mistyped name in the setting fails here."""
    overrides: dict[str, int] = settings.BYWALEC_INBOX
    return replace(Limits(), **overrides)
