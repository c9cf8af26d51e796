"""A shop may choose any colour: what the console makes of it can be read in both themes."""

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from bywalec.console.accent import BACKGROUNDS, accent_css, accent_tokens
from bywalec.console.tokens import THEMES, parse_tokens, tokens
from bywalec.foundation.colour import TEXT_CONTRAST, contrast, parse_hex, readable_on

UGLY = ["#ffff00", "#ffffff", "#000000", "#00ff00", "#0000ff", "#ff00ff", "#808080", "#fde68a", "#1d6b4f", "#0f766e"]
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def unreadable(chosen: str) -> list[str]:
    """Say on which background the corrected colour cannot be read."""
    made = accent_tokens(chosen)
    problems = []
    for theme in THEMES:
        accent, soft = made["accent"].of(theme), made["accent-soft"].of(theme)
        grounds = {name: tokens()[name].of(theme) for name in BACKGROUNDS} | {"accent-soft": soft}
        problems += [f"{theme} {name}" for name, back in grounds.items() if contrast(accent, back) < TEXT_CONTRAST]
        ink = made["accent-ink"].of(theme)
        problems += [
            f"{theme} ink on {name}"
            for name in ("accent", "accent-strong")
            if contrast(ink, made[name].of(theme)) < TEXT_CONTRAST
        ]
        problems += [f"{theme} ink on soft"] if contrast(tokens()["ink-soft"].of(theme), soft) < TEXT_CONTRAST else []
    return problems


@pytest.mark.req("A1")
@pytest.mark.parametrize("chosen", UGLY)
def test_any_colour_becomes_readable(chosen: str) -> None:
    assert unreadable(chosen) == []


@pytest.mark.req("A1")
@settings(deadline=None)
@given(colours)
def test_really_any_colour_becomes_readable(chosen: str) -> None:
    assert unreadable(chosen) == []


def test_a_colour_that_reads_already_is_left_alone() -> None:
    chosen = parse_hex("#0f5f4f")

    assert readable_on(chosen, parse_hex("#ffffff")).lightness == pytest.approx(chosen.lightness)


def test_the_hue_stays_the_shops_own() -> None:
    for chosen in ("#ffff00", "#00ff00", "#ff00ff"):
        assert accent_tokens(chosen)["accent"].light.hue == pytest.approx(parse_hex(chosen).hue)


def test_uncorrected_yellow_would_not_read() -> None:
    assert contrast(parse_hex("#ffff00"), tokens()["surface"].light) < 1.2


def test_the_style_sheet_says_what_was_computed() -> None:
    written = parse_tokens(accent_css("#b91c1c"))

    assert set(written) == {"accent", "accent-ink", "accent-strong", "accent-soft"}
    assert contrast(written["accent"].light, tokens()["surface"].light) >= TEXT_CONTRAST


def test_the_style_sheet_is_served_for_long(client: Client) -> None:
    answer = client.get("/console/accent/b91c1c.css")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize("colour", ["red", "12345", "zzzzzz", "b91c1c}body{display:none"])
def test_what_is_no_colour_is_not_served(client: Client, colour: str) -> None:
    assert client.get(f"/console/accent/{colour}.css").status_code == 404
