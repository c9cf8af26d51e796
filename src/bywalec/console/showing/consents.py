"""Consents as people read them: what for, by which channel, since when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.console import states
from bywalec.customers.queries.people import consents


@dataclass(frozen=True, slots=True)
class ShownConsent:
    """One decision that holds now."""

    name: str
    granted: bool
    at: datetime


def consents_of(customer_id: UUID) -> list[ShownConsent]:
    """Return what a customer agrees to and what they declined, granted ones first."""
    shown = [
        ShownConsent(states.consent_name(one.purpose, one.channel), one.granted, one.at)
        for one in consents(customer_id)
    ]
    return sorted(shown, key=lambda one: (not one.granted, one.name))
