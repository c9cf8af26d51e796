"""When people of the shop are there: the opening hours are the only times we promise."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bywalec.foundation import queries
from bywalec.store.queries.hours import open_state


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether somebody is there now; else when the next shop opens, if that is known."""

    now: bool
    known: bool
    opens_on: date | None = None
    opens_at: time | None = None


def availability(at: datetime) -> Availability:
    """Return whether any shop of the current organization is open at a moment."""
    states = [open_state(shop.id, at) for shop in queries.shops()]
    if any(state.open for state in states):
        return Availability(now=True, known=True)
    openings = sorted(
        (state.next_day, _time(state.next_opens_at)) for state in states if state.next_day and state.next_opens_at
    )
    if not openings:
        return Availability(now=False, known=False)
    return Availability(False, True, *openings[0])


def _time(shown: str) -> time:
    hour, minute = shown.split(":")
    return time(int(hour) % 24, int(minute))
