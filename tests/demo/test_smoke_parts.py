"""The eyes and ears of the smoke run: what it reads from pages, streams and sentences."""

import httpx
import pytest

from bywalec.cli.smoke.customer import read_events
from bywalec.cli.smoke.expectation import Disappointed, document, number, only, require_equal, text
from bywalec.cli.smoke.pages import Page
from bywalec.cli.smoke.story import points_said

PAGE = """
<html><head><title>Skrzynka</title><script>var hidden = "1";</script></head><body>
<a href="/console/inbox/42/">Ewa</a> <p>Wita&nbsp;cię  <b>Marek</b></p>
<form action="/write/" method="POST">
  <input type="hidden" name="csrfmiddlewaretoken" value="t0k3n"><input type="radio" name="kind" value="note">
  <input type="radio" name="kind" value="reply" checked><input type="checkbox" name="remember">
  <textarea name="text"></textarea><button name="go">Wyślij</button>
</form>
<form action="/search/"><input name="q" value="ala"></form></body></html>
"""


def test_a_page_is_read_as_a_browser_without_scripts_would() -> None:
    page = Page(PAGE)
    assert page.links == ["/console/inbox/42/"]
    assert "Wita cię Marek" in page.text
    assert "hidden" not in page.text
    write, search = page.forms
    assert (write.action, write.method) == ("/write/", "post")
    assert write.fields == {"csrfmiddlewaretoken": "t0k3n", "kind": "reply", "text": ""}
    assert (search.method, search.fields) == ("get", {"q": "ala"})


def test_events_are_read_by_the_rules_of_the_standard() -> None:
    lines = ["retry: 2000", "", ": still here", "", "id: 3", "event: message", 'data: {"text":', 'data: "tak: nie"}']
    lines += ["", "event: status", "data: {}", ""]
    assert list(read_events(iter(lines))) == [("message", {"text": "tak: nie"}), ("status", {})]


@pytest.mark.parametrize(
    ("reply", "points"),
    [
        ("Masz 123\u00a0punkty.", 123),
        ("Masz 1\u00a0234\u00a0punkty, z tego 20 punktów przepadnie 3 grudnia.", 1234),
        ("Na twojej karcie jest 0 punktów.", 0),
        ("Masz 5 punktów i 3 kupony.", 5),
        ("Nie wiem, ile masz.", None),
        ("Zadzwoń pod 22 000 41 41.", None),
    ],
)
def test_the_first_number_of_points_in_a_sentence_counts(reply: str, points: int | None) -> None:
    assert points_said(reply) == points


def test_what_is_not_as_it_should_be_disappoints() -> None:
    answer = httpx.Response(500, text="ups", request=httpx.Request("GET", "http://x/api"))
    with pytest.raises(Disappointed, match="GET /api: 500 instead of 200: ups"):
        document(answer, status=200)
    with pytest.raises(Disappointed, match="no JSON"):
        document(answer, status=500)
    with pytest.raises(Disappointed, match="balance: 3 instead of 4"):
        require_equal("balance", 3, 4)
    with pytest.raises(Disappointed, match="not one object"):
        only("units", [])
    with pytest.raises(Disappointed, match="no whole number"):
        number("unit", {"spendable": True}, "spendable")
    with pytest.raises(Disappointed, match="no text"):
        text("message", {"text": ""}, "text")
