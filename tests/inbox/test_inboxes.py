"""An inbox's public face, its websites and the code that puts the widget there."""

from collections.abc import Callable
from functools import partial

import pytest

from bywalec.foundation.colour import contrast, parse_oklch
from bywalec.foundation.errors import BywalecError, Conflict, InvalidInput, InvalidToken
from bywalec.inbox.accent import DARK_SURFACES, LIGHT_SURFACES, readable_accent
from bywalec.inbox.actions.inboxes import create_inbox, update_inbox
from bywalec.inbox.errors import InboxNotFound, OriginInvalid, OriginRefused
from bywalec.inbox.queries import inboxes
from bywalec.inbox.queries.embedding import check_origin, origin_known
from bywalec.inbox.rules.limits import DEFAULTS
from bywalec.inbox.rules.origins import normalise_origin
from tests.inbox.conftest import Desk

pytestmark = pytest.mark.django_db


def test_the_public_face_holds_nothing_secret(desk: Desk) -> None:
    with desk.world.reading():
        face = inboxes.widget_config(desk.inbox.token, language="en-GB")
        secret = inboxes.signing_secret(desk.inbox.id)
    assert (face.name, face.bot_name, face.language) == ("Sklep marek", "Bywalec", "en")
    assert "bot" in face.greeting
    assert secret not in repr(face)
    assert len(secret) >= 32


def test_the_snippet_is_html_that_cannot_break_out(desk: Desk) -> None:
    with desk.world.reading():
        snippet = inboxes.embed_snippet(desk.inbox.id, base_url='https://a.example/"><script>', language='"x')
    assert snippet.count("<script") == 1
    assert 'data-lang="&quot;x"' in snippet
    assert f'data-inbox="{desk.inbox.token}"' in snippet


@pytest.mark.req("S9")
def test_only_the_shops_websites_are_allowed(desk: Desk) -> None:
    assert inboxes.allowed_origins(desk.inbox.token) == {"https://sklep.example"}
    assert inboxes.allowed_origins("bi_nonsense") == frozenset()
    with desk.world.reading():
        assert origin_known("https://sklep.example")
        assert not origin_known("https://zly.example")
        check_origin(desk.inbox.id, "https://sklep.example")
        with pytest.raises(OriginRefused):
            check_origin(desk.inbox.id, "https://zly.example")


@pytest.mark.req("S9")
def test_a_switched_off_inbox_is_allowed_nowhere(desk: Desk) -> None:
    with desk.world.scope():
        update_inbox(inbox_id=desk.inbox.id, active=False)
    assert inboxes.allowed_origins(desk.inbox.token) == frozenset()
    with desk.world.reading(), pytest.raises(InboxNotFound):
        inboxes.widget_config(desk.inbox.token)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("https://Sklep.Example/", "https://sklep.example"),
        ("https://sklep.example:443", "https://sklep.example"),
        ("https://sklep.example:8443", "https://sklep.example:8443"),
        ("https://żabka.example", "https://xn--abka-99a.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        (" http://127.0.0.1:8000 ", "http://127.0.0.1:8000"),
    ],
)
def test_origins_are_compared_as_browsers_write_them(written: str, compared: str) -> None:
    assert normalise_origin(written) == compared


@pytest.mark.parametrize(
    "written",
    [
        "",
        "*",
        "sklep.example",
        "http://sklep.example",
        "ftp://sklep.example",
        "https://",
        "https://a b",
        "https://sklep.example/koszyk",
        "https://sklep.example?x",
        "https://u@sklep.example",
        "https://sklep.example:x",
        "https://*.example",
        "null",
        "https://" + "a" * 300 + ".example",
    ],
)
def test_what_is_no_origin_is_refused(written: str) -> None:
    with pytest.raises(OriginInvalid) as refused:
        normalise_origin(written)
    assert refused.value.field == "allowed_origins"


def test_settings_are_checked(desk: Desk) -> None:
    change = partial(update_inbox, inbox_id=desk.inbox.id)
    too_many = ["https://a.example"] * (DEFAULTS.allowed_origins_max + 1)
    cases: list[tuple[type[BywalecError], Callable[[], object]]] = [
        (InvalidInput, partial(change, accent="red")),
        (OriginInvalid, partial(change, allowed_origins=["nie"])),
        (InvalidInput, partial(change, allowed_origins=too_many)),
        (Conflict, partial(create_inbox, name="Czat", bot_name="B")),
    ]
    with desk.world.scope():
        for error, attempt in cases:
            with pytest.raises(error):
                attempt()
        assert inboxes.inbox(desk.inbox.id) == desk.inbox


@pytest.mark.req("S9")
@pytest.mark.parametrize("token", ["", "bi_x_y", "bc_00_x", "bi_" + "0" * 32])
def test_a_token_of_another_form_is_refused(desk: Desk, token: str) -> None:
    with desk.world.reading(), pytest.raises(BywalecError) as refused:
        inboxes.inbox_by_token(token)
    assert isinstance(refused.value, InvalidToken)


@pytest.mark.req("A1")
@pytest.mark.parametrize("wanted", ["#ffff00", "#ffffff", "#000000", "#0f766e", "#ff0000", "#7c3aed", "nonsense", None])
def test_any_colour_of_the_shop_becomes_readable(wanted: str | None) -> None:
    accent = readable_accent(wanted)
    for colour, ink, surfaces in [
        (accent.light, accent.light_ink, LIGHT_SURFACES),
        (accent.dark, accent.dark_ink, DARK_SURFACES),
    ]:
        for other in (ink, *surfaces):
            assert contrast(parse_oklch(colour), parse_oklch(other)) >= 4.5


@pytest.mark.req("A1")
def test_an_uncorrected_yellow_would_not_be_readable() -> None:
    assert contrast(parse_oklch("oklch(0.968 0.21 110)"), parse_oklch(LIGHT_SURFACES[0])) < 4.5
