"""What the living page of components shows: states that real data would only now and then bring together."""

from datetime import timedelta
from typing import Final

from bywalec.console import states
from bywalec.foundation import clock

SWATCHES: Final = (
    ("paper", "ink"),
    ("surface", "ink"),
    ("surface-raised", "ink"),
    ("surface-sunk", "ink-soft"),
    ("accent", "accent-ink"),
    ("accent-soft", "accent"),
    ("good-soft", "good"),
    ("warn-soft", "warn"),
    ("bad-soft", "bad"),
    ("note-soft", "note"),
)
SPACES: Final = (4, 8, 12, 16, 24, 32, 48)
SIZES: Final = (28, 20, 16, 14, 13)


def samples() -> dict[str, object]:
    """Return the context of the page."""
    now = clock.now()
    return {
        "swatches": SWATCHES,
        "spaces": SPACES,
        "sizes": SIZES,
        "conversation_states": list(states.CONVERSATION.values()),
        "outbox_states": list(states.OUTBOX.values()),
        "identity_states": list(states.IDENTITY.values()),
        "now": now,
        "minutes_ago": now - timedelta(minutes=4),
        "yesterday": now - timedelta(days=1),
        "weeks_ago": now - timedelta(days=20),
        "people": ("Anna Kowalska", "Łukasz Żak", "Zofia Wójcik", "Oleh Petrenko", "Ćwik Marek", "Iga", "Ewa Nowak"),
    }
