"""Colours in OKLCH, their contrast by WCAG 2.2, and the correction of a shop's accent.

A shop picks any colour it likes. Text in that colour, and text on it, must stay readable on every
surface of both themes, so the lightness is moved as little as needed while hue and chroma are kept.

Sources: Björn Ottosson, "A perceptual color space for image processing" (OKLab); WCAG 2.2, relative
luminance and contrast ratio.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

TEXT_CONTRAST: Final = 4.5
ICON_CONTRAST: Final = 3.0
# A corrected colour aims a little higher, so that rounding in a browser cannot push it below the limit.
AIMED_CONTRAST: Final = 4.6
LIGHTNESS_STEP: Final = 0.004

_HEX = re.compile(r"#?([0-9a-fA-F]{6})\Z")
_OKLCH = re.compile(r"oklch\(\s*([\d.]+)(%?)\s+([\d.]+)\s+([\d.]+)\s*\)\Z")


@dataclass(frozen=True, slots=True)
class Oklch:
    """A colour by lightness (0..1), chroma (0..about 0.37) and hue (degrees)."""

    lightness: float
    chroma: float
    hue: float

    def css(self) -> str:
        """The colour as CSS writes it: ``oklch(0.42 0.08 165)``."""
        return f"oklch({round(self.lightness, 4):g} {round(self.chroma, 4):g} {round(self.hue, 2):g})"


Rgb = tuple[float, float, float]


def parse_hex(text: str) -> Oklch:
    """Read ``#1d6b4f``; raises ValueError for anything else."""
    match = _HEX.match(text.strip())
    if match is None:
        raise ValueError(f"not a colour of six hexadecimal digits: {text!r}")
    digits = match.group(1)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return _from_linear((_to_linear(red), _to_linear(green), _to_linear(blue)))


def parse_oklch(text: str) -> Oklch:
    """Read ``oklch(0.42 0.08 165)`` or ``oklch(42% 0.08 165)``; raises ValueError for anything else."""
    match = _OKLCH.match(text.strip())
    if match is None:
        raise ValueError(f"not a colour in OKLCH: {text!r}")
    lightness = float(match.group(1)) / (100 if match.group(2) else 1)
    return Oklch(lightness, float(match.group(3)), float(match.group(4)))


def contrast(first: Oklch, second: Oklch) -> float:
    """The contrast ratio of two opaque colours, 1..21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: Oklch, *backgrounds: Oklch, ratio: float = AIMED_CONTRAST) -> Oklch:
    """The colour nearest in lightness that reaches `ratio` on every background given.

    Hue is kept; chroma is kept as far as sRGB can show it. The backgrounds are of one theme, so
    darkening all the way or lightening all the way always ends.
    """
    for step in range(int(1 / LIGHTNESS_STEP) + 1):
        for direction in (-1, 1):
            candidate = in_gamut(
                Oklch(
                    min(1.0, max(0.0, colour.lightness + direction * step * LIGHTNESS_STEP)),
                    colour.chroma,
                    colour.hue,
                )
            )
            if all(contrast(candidate, background) >= ratio for background in backgrounds):
                return candidate
    raise ValueError("no lightness is readable on all of these backgrounds")


def in_gamut(colour: Oklch) -> Oklch:
    """The same lightness and hue with as much of the chroma as sRGB can show."""
    if _fits(_linear(colour)):
        return colour
    low, high = 0.0, colour.chroma
    for _ in range(20):
        middle = (low + high) / 2
        if _fits(_linear(Oklch(colour.lightness, middle, colour.hue))):
            low = middle
        else:
            high = middle
    return Oklch(colour.lightness, low, colour.hue)


def _fits(rgb: Rgb) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in rgb)


def _luminance(colour: Oklch) -> float:
    # What a screen shows is rounded to eight bits a channel, so that is what is measured.
    red, green, blue = (
        _to_linear(round(_to_encoded(min(1.0, max(0.0, channel))) * 255) / 255) for channel in _linear(in_gamut(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _to_encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055


def _linear(colour: Oklch) -> Rgb:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _from_linear(rgb: Rgb) -> Oklch:
    red, green, blue = rgb
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)
