"""The shop's own colour, corrected so that it reads well in both themes, as the few tokens it replaces."""

from functools import lru_cache
from typing import Final

from bywalec.console.tokens import Pair, tokens
from bywalec.foundation.colour import Oklch, in_gamut, parse_hex, readable_on

# Text in the accent stands on each of these; what is darkest of them in the light theme decides.
BACKGROUNDS: Final = ("paper", "surface", "surface-raised", "surface-sunk")
SOFT_CHROMA_MAX: Final = {"light": 0.02, "dark": 0.028}
# Where the search for a readable lightness begins: a dark colour looks dull on a dark page though it can be read.
LIGHTNESS_MIN: Final = {"light": 0.0, "dark": 0.74}
STRONG_STEP: Final = {"light": -0.06, "dark": 0.05}


@lru_cache(maxsize=256)
def accent_tokens(chosen: str) -> dict[str, Pair]:
    """Return ``accent``, ``accent-ink``, ``accent-strong`` and ``accent-soft`` for a colour such as ``#1d6b4f``.

    Raises:
        ValueError: not a colour of six hexadecimal digits.
    """
    colour = parse_hex(chosen)
    light, dark = _of_theme(colour, "light"), _of_theme(colour, "dark")
    return {name: Pair(light[name], dark[name]) for name in light}


def accent_css(chosen: str) -> str:
    """Return the style sheet that puts a shop's colour in place of the default.

    Raises:
        ValueError: not a colour of six hexadecimal digits.
    """
    lines = "\n".join(f"  --{name}: {pair.css()};" for name, pair in accent_tokens(chosen).items())
    return f":root {{\n{lines}\n}}\n"


def _of_theme(colour: Oklch, theme: str) -> dict[str, Oklch]:
    known = tokens()
    soft_lightness = known["accent-soft"].of(theme).lightness
    soft = in_gamut(Oklch(soft_lightness, min(colour.chroma, SOFT_CHROMA_MAX[theme]), colour.hue))
    start = Oklch(max(colour.lightness, LIGHTNESS_MIN[theme]), colour.chroma, colour.hue)
    accent = readable_on(start, soft, *(known[name].of(theme) for name in BACKGROUNDS))
    strong = in_gamut(Oklch(min(1.0, max(0.0, accent.lightness + STRONG_STEP[theme])), accent.chroma, accent.hue))
    ink = known["surface-raised" if theme == "light" else "paper"].of(theme)
    return {"accent": accent, "accent-ink": ink, "accent-strong": strong, "accent-soft": soft}
