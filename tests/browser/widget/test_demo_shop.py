"""The demo shop's page: visited as a guest and as a member, by eye and by axe."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from bywalec.customers.actions.register import register_customer
from bywalec.inbox.actions.inboxes import update_inbox
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.rules.kinds import IdentityLevel
from bywalec.store.actions.catalogue import set_hours, upsert_products
from bywalec.store.rules.product import ProductDraft
from tests.browser.widget.conftest import DESK, PHONE, SCREENSHOTS, Counter, Device, Visit
from tests.browser.widget.test_looks import THEMES, Theme, violations
from tests.plugins.serving import Served

pytestmark = pytest.mark.browser
SHELF = [
    ("Chleb wiejski 500 g", 549, "szt"),
    ("Mleko 2% 1 l", 399, "szt"),
    ("Jaja z wolnego wybiegu 10 szt.", 1399, "szt"),
    ("Pomidory gałązka", 1290, "kg"),
    ("Ser gouda", 3490, "kg"),
    ("Kawa mielona 250 g", 1899, "szt"),
]


@pytest.fixture
def demo(counter: Counter, served: Served, settings: Settings, tmp_path: Path) -> str:
    """Furnish the shop and return the address of its page."""
    settings.BYWALEC_DEMO, settings.DATA = True, tmp_path
    world = counter.world
    with world.scope():
        update_inbox(inbox_id=counter.inbox.id, allowed_origins=[])
        set_hours(shop=world.shop, weekly={day: [(360, 1260)] for day in range(1, 8)})
        upsert_products(
            [
                ProductDraft(sku=str(number), name=name, price=price, category="Półka", unit=unit, vat="5")
                for number, (name, price, unit) in enumerate(SHELF)
            ]
        )
        people = [register_customer(name=name, contact_points=[]) for name in ("Halina Krawczyk", "Tomasz Lis")]
    regulars = [{"customer": str(one.id), "name": one.name} for one in people]
    notes = {"organization": str(world.organization), "regulars": regulars}
    (tmp_path / "demo.json").write_bytes(msgspec.json.encode(notes))
    return f"{served.url}/demo/"


@pytest.mark.req("A1")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_the_page_is_fit_to_be_seen(demo: str, visit_with: Visit, device: Device, theme: Theme) -> None:
    chat = visit_with(replace(device, theme=theme, motion="reduce"))
    chat.page.goto(demo)
    expect(chat.launcher).to_be_visible()
    chat.page.get_by_role("link", name="Halina Krawczyk").click()
    expect(chat.page.get_by_role("heading", name="Godziny otwarcia")).to_be_visible()
    expect(chat.launcher).to_be_visible()
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    chat.page.screenshot(path=SCREENSHOTS / f"demo-shop-{device.width}-{theme}.png")
    assert violations(chat.page) == []


def test_a_chosen_member_is_known_in_the_chat(demo: str, visit_with: Visit, counter: Counter) -> None:
    chat = visit_with(DESK)
    chat.page.goto(demo)
    chat.page.get_by_role("link", name="Tomasz Lis").click()
    chat.open()
    chat.write("hej")
    chat.settled(1)
    talk = counter.conversation()
    with counter.world.reading():
        assert conversation(talk).contact.identity.level is IdentityLevel.KNOWN
    chat.page.get_by_role("link", name="gość").click()
    chat.open()
    expect(chat.theirs).to_have_count(1)
    expect(chat.own).to_have_count(0)
