"""What the widget costs a page, and what its files may never contain."""

import gzip
import re
from pathlib import Path

import pytest

from bywalec.foundation.colour import contrast, parse_oklch
from bywalec.inbox import accent

FILES = Path(__file__).resolve().parents[2] / "src" / "bywalec" / "widget" / "static" / "widget"
SCRIPTS = sorted(FILES.glob("*.js"))
BYTES_MAX = 25 * 1024
LOADER = {"bywalec-chat.js", "shelf.js", "style.js", "strings.js", "icons.js", "dom.js"}
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\.style\s*=|cssText"
)
_ROLE = re.compile(r"--([\w-]+): (oklch\([\d. ]+\))")


def _packed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def test_the_whole_widget_is_small() -> None:
    assert {path.name for path in SCRIPTS} > LOADER
    assert _packed(SCRIPTS) <= BYTES_MAX


def test_what_every_page_loads_at_first_is_less_than_half_of_it() -> None:
    panel = [path for path in SCRIPTS if path.name not in LOADER]
    assert _packed([path for path in SCRIPTS if path.name in LOADER]) <= BYTES_MAX / 2
    imported = set(re.findall(r'^import .* from "\./([\w.-]+)"', (FILES / "bywalec-chat.js").read_text(), re.MULTILINE))
    assert imported | {"bywalec-chat.js"} == LOADER
    assert "panel.js" in {path.name for path in panel}


@pytest.mark.req("S9", "S10")
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_file_makes_markup_from_text_or_loads_from_elsewhere(path: Path) -> None:
    code = path.read_text()
    assert FORBIDDEN.findall(code) == []
    assert [url for url in re.findall(r"https?://[\w.-]+", code) if url != "http://www.w3.org"] == []


@pytest.mark.req("S9", "S10")
def test_the_search_for_forbidden_ways_would_find_them() -> None:
    assert FORBIDDEN.findall("a.innerHTML = b; x.style = y; eval(z)") == ["innerHTML", ".style =", "eval("]


def _roles(theme: str) -> dict[str, str]:
    block = re.search(rf"const {theme} = `(.*?)`;", (FILES / "style.js").read_text(), re.DOTALL)
    assert block is not None
    return dict(_ROLE.findall(block.group(1)))


@pytest.mark.req("A1")
@pytest.mark.parametrize("theme", ["LIGHT", "DARK"])
def test_words_are_readable_on_every_surface(theme: str) -> None:
    roles = _roles(theme)
    for words in ("ink", "ink-soft", "good", "warn", "bad"):
        for surface in ("paper", "surface"):
            assert contrast(parse_oklch(roles[words]), parse_oklch(roles[surface])) >= 4.5, (words, surface)
    assert contrast(parse_oklch(roles["ink"]), parse_oklch(roles["bad-soft"])) >= 4.5
    assert contrast(parse_oklch(roles["line-strong"]), parse_oklch(roles["surface"])) >= 3


def test_the_server_corrects_the_accent_for_the_surfaces_the_widget_has() -> None:
    light, dark = _roles("LIGHT"), _roles("DARK")
    assert (light["surface"], light["paper"]) == accent.LIGHT_SURFACES
    assert (dark["surface"], dark["paper"]) == accent.DARK_SURFACES


def test_both_languages_say_the_same_things() -> None:
    code = (FILES / "strings.js").read_text()
    polish, english = (re.search(rf"const {name} = {{(.*?)\n}};", code, re.DOTALL) for name in ("polish", "english"))
    assert polish is not None
    assert english is not None
    keys = [re.findall(r"^  (\w+):", found.group(1), re.MULTILINE) for found in (polish, english)]
    assert keys[0] == keys[1]
    used = {key for path in SCRIPTS for key in re.findall(r"[wW]ords\.(\w+)", path.read_text())}
    # The state of a message is the name of the word that stands under it.
    states = {"queued", "sending", "sent", "read", "failed"}
    assert used | states == set(keys[0])
