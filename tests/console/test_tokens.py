"""Every text can be read in both themes: the contrast of all pairs of tokens that meet on a page is computed."""

import itertools
import re
from pathlib import Path

import pytest

from bywalec.console.tokens import THEMES, TOKENS_FILE, Pair, parse_tokens, tokens
from bywalec.foundation.colour import ICON_CONTRAST, TEXT_CONTRAST, contrast, parse_hex, parse_oklch

GROUNDS = ("paper", "surface", "surface-raised", "surface-sunk")
TEXTS = ("ink", "ink-soft", "accent", "accent-strong", "good", "warn", "bad", "note")
STATES = ("accent", "good", "warn", "bad", "note")
TEXT_PAIRS = [
    *itertools.product(TEXTS, GROUNDS),
    *((state, f"{state}-soft") for state in STATES),
    *(("ink", f"{state}-soft") for state in STATES),
    *(("ink-soft", f"{state}-soft") for state in STATES),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    # In the queue the open row lies on the accent's soft shade, the waiting time and the unread count on it.
    ("warn", "accent-soft"),
    ("bad", "accent-soft"),
    ("good", "accent-soft"),
]
LOOK_NAMES = {"paper", "surface", "surface-raised", "ink", "ink-soft", "line", "accent", "good", "warn", "bad", "note"}
STATIC = TOKENS_FILE.parent


def unreadable(found: dict[str, Pair], pairs: list[tuple[str, str]], limit: float) -> list[str]:
    """Say which pairs are below a contrast, in which theme."""
    return [
        f"{front} on {back}, {theme}: {ratio:.2f}"
        for theme in THEMES
        for front, back in pairs
        if (ratio := contrast(found[front].of(theme), found[back].of(theme))) < limit
    ]


def test_the_roles_of_the_look_are_there_in_both_themes() -> None:
    assert set(tokens()) >= LOOK_NAMES


@pytest.mark.req("A1")
def test_every_text_reads_on_everything_it_stands_on() -> None:
    assert unreadable(tokens(), TEXT_PAIRS, TEXT_CONTRAST) == []


@pytest.mark.req("A1")
def test_the_edge_of_a_control_is_seen() -> None:
    assert unreadable(tokens(), [("line-strong", ground) for ground in GROUNDS], ICON_CONTRAST) == []


def test_a_text_too_pale_is_caught() -> None:
    css = TOKENS_FILE.read_text(encoding="utf-8")
    paled = parse_tokens(css.replace("oklch(0.49 0.014 65)", "oklch(0.7 0.014 65)"))

    assert "ink-soft on paper, light: " in unreadable(paled, TEXT_PAIRS, TEXT_CONTRAST)[0]


@pytest.mark.req("A1")
def test_initials_read_on_every_avatar() -> None:
    css = (STATIC / "data.css").read_text(encoding="utf-8")
    avatar = re.search(r"\.avatar \{(.*?)\}", css, re.DOTALL)
    assert avatar is not None
    shades = re.findall(r"light-dark\(oklch\(([\d. ]+) var\(--hue\)\), oklch\(([\d. ]+) var\(--hue\)\)\)", avatar[1])
    hues = [float(hue) for hue in re.findall(r"\.hue-\d+ \{ --hue: (\d+); \}", css)]
    assert (len(shades), len(hues)) == (2, 8)
    ink, ground = shades
    for hue, theme in itertools.product(hues, (0, 1)):
        front, back = (parse_oklch(f"oklch({shade[theme]} {hue:g})") for shade in (ink, ground))
        assert contrast(front, back) >= TEXT_CONTRAST, (hue, theme)


def test_contrast_is_that_of_the_standard() -> None:
    black, white, grey = parse_hex("#000000"), parse_hex("#ffffff"), parse_hex("#767676")

    assert round(contrast(black, white), 2) == 21
    assert round(contrast(white, grey), 2) == 4.54
    assert contrast(grey, grey) == 1


@pytest.mark.parametrize("text", ["#fff", "red", "#12345g", "rgb(0 0 0)", ""])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        parse_hex(text)


def test_a_colour_survives_its_way_through_css() -> None:
    colour = parse_hex("#1d6b4f")

    back = parse_oklch(colour.css())

    assert (back.lightness, back.chroma, back.hue) == pytest.approx(
        (colour.lightness, colour.chroma, colour.hue), rel=1e-3
    )


def test_every_colour_of_the_style_sheets_is_a_token() -> None:
    loose = [
        f"{path.name}: {value}"
        for path in sorted(STATIC.glob("*.css"))
        if path != TOKENS_FILE
        for value in re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\([^)]*\)|hsla?\([^)]*\)", _without_comments(path))
    ]

    assert loose == []


def test_sizes_and_corners_are_tokens_too() -> None:
    loose = [
        f"{path.name}: {value}"
        for path in sorted(STATIC.glob("*.css"))
        if path != TOKENS_FILE
        for value in re.findall(r"(?:animation|transition): [^;]*\d+m?s\b", _without_comments(path))
    ]

    assert loose == []


def _without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
