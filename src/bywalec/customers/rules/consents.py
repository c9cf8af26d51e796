"""What a person agrees to now, read from all that was ever decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

PURPOSES = frozenset({"marketing", "profiling", "partners"})
CHANNELS = frozenset({"sms", "email", "voicebot", "call", "chat", "any"})


@dataclass(frozen=True, slots=True)
class ConsentInfo:
    """One decision: granted or withdrawn, when, on the ground of which text, where it was given."""

    purpose: str
    channel: str
    granted: bool
    at: datetime
    text_version: str
    source: str


def current_state(decisions: Iterable[ConsentInfo]) -> list[ConsentInfo]:
    """Return the newest decision for each purpose and channel.

    Args:
        decisions: in the order in which they were made.
    """
    newest = {(one.purpose, one.channel): one for one in decisions}
    return [newest[key] for key in sorted(newest)]
