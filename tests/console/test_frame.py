"""What all pages share: no inline code, a strict policy, a language, an appearance, errors in the same look."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

import bywalec.console
from bywalec.console import errors
from bywalec.console.showing.evidence import Ground, grounds_of
from bywalec.console.templatetags import console as tags
from tests.console.conftest import SignIn

CONSOLE = Path(bywalec.console.__file__).parent
POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


class Inline(HTMLParser):
    """Collects what the policy forbids: scripts, styles and handlers within the page, foreign addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"<{tag}> within the page")
        self.found += [f"{tag} {name}" for name in given if name == "style" or re.match(r"on|hx-on", name)]
        addresses = (given.get(name) or "" for name in ("src", "href", "action", "hx-get", "hx-post"))
        self.found += [one for one in addresses if re.match(r"(?:https?:)?//|javascript:", one)]


def inline(html: str) -> list[str]:
    """Say what a page holds that the policy forbids."""
    parser = Inline()
    parser.feed(html)
    return parser.found


@pytest.mark.req("S9")
def test_no_page_holds_inline_code_or_foreign_addresses(owner: Client, conversation: UUID) -> None:
    pages = [
        "/console/inbox/",
        f"/console/inbox/{conversation}/",
        "/console/members/",
        "/console/members/new/",
        "/console/purchases/",
        "/console/outbox/",
        "/console/settings/",
        "/console/settings/keys/",
        "/console/settings/chat/",
        "/console/components/",
        "/console/nowhere/",
    ]
    assert {page: inline(owner.get(page).content.decode()) for page in pages} == {page: [] for page in pages}


def test_inline_code_would_be_found() -> None:
    assert (
        len(inline('<style>a{}</style><p style="x" onclick="y"></p><script>z</script><img src="//cdn.example">')) == 5
    )


@pytest.mark.req("S9")
@pytest.mark.parametrize("address", ["/console/components/", "/accounts/login/", "/console/nowhere/"])
def test_the_policy_is_strict(owner: Client, client: Client, address: str) -> None:
    answer = (client if "login" in address else owner).get(address)
    sent = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";") if part.strip())

    assert {name: sent.get(name) for name in POLICY} == POLICY
    assert not re.search("unsafe|nonce|https?:", answer["Content-Security-Policy"])


def test_scripts_are_plain_modules_without_evaluation() -> None:
    for script in (CONSOLE / "static" / "console").glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function|innerHTML|document\.write|https?://", text), script.name


def test_a_person_chooses_language_and_appearance(owner: Client) -> None:
    answer = owner.post("/console/preferences/", {"language": "en", "theme": "dark", "next": "/console/members/"})

    assert answer["Location"] == "/console/members/"
    page = owner.get("/console/members/").content.decode()
    assert '<html lang="en" data-theme="dark">' in page
    assert "Enrol a member" in page


def test_the_sign_in_page_keeps_the_language_of_the_device(owner: Client) -> None:
    owner.post("/console/preferences/", {"language": "en"})
    owner.logout()

    owner.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "To the counter of your shop." in owner.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_away(owner: Client, target: str) -> None:
    assert owner.post("/console/preferences/", {"theme": "dark", "next": target})["Location"] == "/console/"


def test_what_is_no_choice_changes_nothing(owner: Client) -> None:
    owner.post("/console/preferences/", {"language": "xx", "theme": "neon"})

    assert '<html lang="pl" data-theme="auto">' in owner.get("/console/members/").content.decode()


@pytest.mark.parametrize(
    ("view", "status", "sentence"),
    [
        (errors.bad_request, 400, "Nie da się odczytać tego żądania."),
        (errors.forbidden, 403, "Na to nie ma zgody."),
        (errors.not_found, 404, "Pod tym adresem niczego nie ma."),
        (errors.server_error, 500, "Coś poszło nie tak po naszej stronie."),
        (errors.unavailable, 503, "Program jest zajęty albo właśnie się aktualizuje."),
    ],
)
def test_errors_say_what_happened_and_what_to_do(
    rf: RequestFactory, view: Callable[[HttpRequest], HttpResponse], status: int, sentence: str
) -> None:
    answer = view(rf.get("/console/"))

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert inline(answer.content.decode()) == []


def test_a_fault_is_a_page_too(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    from bywalec.foundation.staff import Role

    def broken(**_options: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("bywalec.console.views.outbox.messaging.outbox", broken)
    client = sign_in(Role.OWNER)
    client.raise_request_exception = False

    answer = client.get("/console/outbox/")

    assert answer.status_code == 500
    assert "Coś poszło nie tak po naszej stronie." in answer.content.decode()
    assert "planted" not in answer.content.decode()


def test_evidence_gets_its_units_back() -> None:
    stored = {
        "skill": "loyalty.balance",
        "data": {
            "points": {"type": "points", "count": 22, "forms": ["punkt", "punkty", "punktów"]},
            "worth": {"type": "money", "amount": 624, "currency": "PLN"},
            "day": {"type": "day", "on": "2026-11-21"},
            "rewards": [{"name": {"type": "words", "text": "Kawa"}, "affordable": True}],
        },
        "sources": ["loyalty.balance"],
    }
    assert [(one.name, one.value.replace("\u00a0", " ")) for one in grounds_of(stored)] == [
        ("Punkty", "22 punkty"),
        ("Wartość", "6,24 zł"),
        ("Dzień", "21 listopada 2026"),
        ("Nagrody · Nazwa", "Kawa"),
        ("Nagrody · affordable", "tak"),
        ("Źródło", "loyalty.balance"),
    ]


def test_evidence_that_is_broken_is_shown_as_it_is() -> None:
    assert grounds_of({"points": {"type": "points", "count": "many"}}) == (
        Ground("Punkty · type", "points"),
        Ground("Punkty · count", "many"),
    )


@pytest.mark.parametrize(
    ("name", "letters"), [("Anna Kowalska", "AK"), ("ćwik", "Ć"), ("Anna Maria Nowak", "AN"), ("", "•"), ("123", "•")]
)
def test_initials(name: str, letters: str) -> None:
    assert tags.initials(name) == letters


def test_a_phone_number_is_read_in_groups() -> None:
    assert tags.phone("+48600700800") == "+48\u00a0600\u00a0700\u00a0800"
    assert tags.phone("+380501234567") == "+380501234567"
