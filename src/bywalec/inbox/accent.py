"""The shop's colour in the widget, moved in lightness until it can be read in both themes."""

from dataclasses import dataclass

from bywalec.foundation import colour

# The widget's surfaces and inks, as in static/widget/style.js; a test keeps the two equal.
LIGHT_SURFACES = ("oklch(1 0 90)", "oklch(0.968 0.007 85)")
DARK_SURFACES = ("oklch(0.25 0.008 70)", "oklch(0.185 0.006 70)")
LIGHT_INK = "oklch(1 0 90)"
DARK_INK = "oklch(0.185 0.006 70)"
FALLBACK = "#0f766e"


@dataclass(frozen=True, slots=True)
class Accent:
    """One colour for both themes, each with the ink that is written on it."""

    light: str
    light_ink: str
    dark: str
    dark_ink: str


def readable_accent(*wanted: str | None) -> Accent:
    """Return the first colour of a list that is one, made readable as text and under text; ours when none is.

    Args:
        wanted: ``#rrggbb`` or ``oklch(…)``; anything else is passed over.
    """
    base = next(found for found in map(_colour, (*wanted, FALLBACK)) if found is not None)
    light = colour.readable_on(base, *map(colour.parse_oklch, LIGHT_SURFACES))
    dark = colour.readable_on(base, *map(colour.parse_oklch, DARK_SURFACES))
    return Accent(light=light.css(), light_ink=LIGHT_INK, dark=dark.css(), dark_ink=DARK_INK)


def is_colour(text: str) -> bool:
    """Say whether a text is a colour a shop may choose."""
    return _colour(text) is not None


def _colour(text: str | None) -> colour.Oklch | None:
    for read in (colour.parse_hex, colour.parse_oklch):
        try:
            return read(text or "")
        except ValueError:
            continue
    return None
