"""Reads the design tokens out of tokens.css, so that the server and the tests know the very values the browser has."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from bywalec.foundation.colour import Oklch, parse_oklch

TOKENS_FILE: Final = Path(__file__).parent / "static" / "console" / "tokens.css"
THEMES: Final = ("light", "dark")
_PAIR = re.compile(r"--([a-z-]+):\s*light-dark\(\s*(oklch\([^)/]*\))\s*,\s*(oklch\([^)/]*\))\s*\)\s*;")


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour role in both themes."""

    light: Oklch
    dark: Oklch

    def of(self, theme: str) -> Oklch:
        """The colour in ``light`` or ``dark``."""
        return self.dark if theme == "dark" else self.light

    def css(self) -> str:
        """The pair as CSS writes it."""
        return f"light-dark({self.light.css()}, {self.dark.css()})"


def parse_tokens(css: str) -> dict[str, Pair]:
    """Return the opaque colour roles of a style sheet by name, without the two dashes."""
    return {name: Pair(parse_oklch(light), parse_oklch(dark)) for name, light, dark in _PAIR.findall(css)}


@cache
def tokens() -> dict[str, Pair]:
    """Return the console's colour roles."""
    return parse_tokens(TOKENS_FILE.read_text(encoding="utf-8"))
