"""What the widget is told before it shows itself, and to whom."""

from pathlib import Path

import msgspec
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from bywalec.customers.actions.register import register_customer
from bywalec.foundation import clock
from bywalec.inbox.actions.inboxes import create_inbox
from bywalec.inbox.queries import inboxes
from bywalec.inbox.queries.inboxes import InboxInfo
from bywalec.inbox.rules.visitor_token import read_visitor
from bywalec.store.actions.catalogue import set_hours, upsert_products
from bywalec.store.rules.product import ProductDraft
from tests.plugins.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(world: World) -> InboxInfo:
    with world.scope():
        return create_inbox(name="Czat", bot_name="Bywalec", allowed_origins=["https://sklep.example"])


def test_the_face_of_an_inbox_is_told_in_the_asked_language(client: Client, inbox: InboxInfo) -> None:
    answer = client.get("/widget/config", {"inbox": inbox.token, "lang": "en-GB", "accent": "#ffe600"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["name"], told["bot_name"], told["language"]) == ("Sklep marek", "Bywalec", "en")
    assert "bot" in told["greeting"]
    assert told["accent"].keys() == {"light", "light_ink", "dark", "dark_ink"}
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer["Cache-Control"]


@pytest.mark.req("S9")
@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://sklep.example", 200), ("http://testserver", 200), ("https://zly.example", 403), ("null", 403)],
)
def test_only_the_shops_websites_are_told(client: Client, inbox: InboxInfo, origin: str, status: int) -> None:
    answer = client.get("/widget/config", {"inbox": inbox.token, "lang": "pl"}, headers={"Origin": origin})
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "inbox.origin_refused"
        assert answer.json()["remedy"] == "Dodaj adres strony do dozwolonych w ustawieniach."
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "token", ["", "nonsense", "bi_00_x", "bi_" + "0" * 32 + "_x", "bc_" + "0" * 32 + "_x", "x" * 5000]
)
def test_an_unknown_inbox_is_named_as_such(client: Client, inbox: InboxInfo, token: str) -> None:
    answer = client.get("/widget/config", {"inbox": token})
    assert (answer.status_code, answer.json()["code"]) == (404, "inbox.inbox_not_found")
    assert answer["Content-Type"] == "application/problem+json"


def test_there_is_no_demo_shop_unless_it_is_a_demo(client: Client, inbox: InboxInfo, settings: Settings) -> None:
    settings.BYWALEC_DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.get("/demo/token", {"as": "0"}).status_code == 404


def test_the_demo_shop_is_visited_as_a_guest_or_as_a_member(
    client: Client, world: World, inbox: InboxInfo, settings: Settings, tmp_path: Path
) -> None:
    settings.BYWALEC_DEMO, settings.DATA = True, tmp_path
    with world.scope():
        ola = register_customer(name="Ola Kowalska", contact_points=[]).id
        secret = inboxes.signing_secret(inbox.id)
        set_hours(shop=world.shop, weekly={day: [(360, 1260)] for day in range(1, 8)})
        upsert_products([ProductDraft(sku="1", name="Chleb wiejski 500 g", price=549, category="Pieczywo", vat="5")])
    regular = {"member": str(ola), "customer": str(ola), "name": "Ola Kowalska", "card": "1", "phone": "2"}
    notes = {"seed": 1, "organization": str(world.organization), "regulars": [regular]}
    (tmp_path / "demo.json").write_bytes(msgspec.json.encode(notes))

    guest = client.get("/demo/").content.decode()
    assert "zamknięte" in guest or "dzisiaj" in guest
    assert "zamknięta" not in guest
    assert "Chleb wiejski 500" in guest
    assert "5,49" in guest
    assert "data-token" not in guest
    member = client.get("/demo/", {"as": "0"}).content.decode()
    assert 'data-token="' in member
    token = client.get("/demo/token", {"as": "0"}).json()["token"]
    assert read_visitor(token, secret=secret, at=clock.now()).subject == str(ola)
    for nobody in ["1", "-1", "x", "٣", "9" * 400, ""]:
        assert client.get("/demo/token", {"as": nobody}).status_code == 404
        assert "data-token" not in client.get("/demo/", {"as": nobody}).content.decode()


def test_the_demo_shop_opens_without_notes(
    client: Client, inbox: InboxInfo, settings: Settings, tmp_path: Path
) -> None:
    settings.BYWALEC_DEMO, settings.DATA = True, tmp_path
    assert inbox.token in client.get("/demo/").content.decode()
