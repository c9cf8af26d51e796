"""The widget as a picture and as axe sees it: both themes, phone and desk, in each of its states."""

from dataclasses import replace
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bywalec.inbox.actions.resolution import resolve
from tests.browser.widget.conftest import DESK, PHONE, SCREENSHOTS, Chat, Counter, Device, Visit

pytestmark = pytest.mark.browser
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, Theme] = ("light", "dark")


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


@pytest.mark.req("A1")
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_no_violation_in_any_state(counter: Counter, visit_with: Visit, device: Device, theme: Theme) -> None:
    chat = visit_with(replace(device, theme=theme, motion="reduce"))
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def look(state: str) -> None:
        chat.page.screenshot(path=SCREENSHOTS / f"widget-{state}-{device.width}-{theme}.png")
        assert violations(chat.page) == [], state

    expect(chat.launcher).to_be_visible()
    look("closed")
    chat.open()
    look("open")
    chat.write("Dzień dobry, czy są dziś pączki?")
    chat.settled(1)
    counter.reply("Dzień dobry, są z różą i z powidłami. Cennik: https://paczki.example/cennik")
    expect(chat.sentence("z powidłami")).to_be_visible()
    look("person")
    chat.page.context.set_offline(True)
    chat.write("To poproszę odłożyć sześć")
    expect(chat.widget.locator(".own.waits")).to_have_count(1)
    look("offline")
    chat.page.context.set_offline(False)
    chat.settled(2)
    talk = counter.conversation()
    with counter.world.scope():
        resolve(conversation_id=talk, staff_id=counter.anna)
    expect(chat.state).to_have_text("Rozmowa zakończona")
    look("resolved")


@pytest.mark.req("A1")
def test_axe_would_find_a_button_without_a_name(chat: Chat) -> None:
    chat.visit().open()
    assert violations(chat.page) == []
    chat.widget.locator(".send").evaluate("button => button.removeAttribute('aria-label')")
    assert [one.split(":")[0] for one in violations(chat.page)] == ["button-name"]


@pytest.mark.req("A1")
def test_nothing_is_cut_off_at_four_hundred_percent(visit_with: Visit) -> None:
    chat = visit_with(Device(320, 256))
    chat.open()
    chat.write("Szczegóły: https://sklep.example/" + "a" * 120)
    chat.settled(1)
    sizes = chat.dialog.evaluate("dialog => [dialog.scrollWidth, dialog.clientWidth, innerWidth]")
    assert sizes[0] <= sizes[1] <= sizes[2]
    expect(chat.field).to_be_in_viewport()
    expect(chat.human).to_be_in_viewport()


def test_the_keyboard_of_a_phone_leaves_field_and_latest_words_in_view(visit_with: Visit) -> None:
    chat = visit_with(PHONE)
    chat.open()
    chat.write("hej")
    chat.settled(1)
    # A phone's keyboard takes the lower half of the visual viewport.
    chat.page.set_viewport_size({"width": 390, "height": 430})
    expect(chat.field).to_be_in_viewport(ratio=1)
    expect(chat.own).to_be_in_viewport(ratio=1)


@pytest.mark.req("A1")
@pytest.mark.parametrize(("asked", "moves"), [("reduce", False), ("no-preference", True)])
def test_motion_is_spared_where_asked(
    visit_with: Visit, asked: Literal["reduce", "no-preference"], moves: bool
) -> None:
    chat = visit_with(replace(DESK, motion=asked))
    chat.open()
    duration = chat.dialog.evaluate("dialog => parseFloat(getComputedStyle(dialog).animationDuration)")
    assert (duration > 0) is moves


@pytest.mark.req("A1")
@pytest.mark.parametrize("colour", ["#ffe600", "#101010", "#d40078"])
def test_any_colour_of_the_shop_stays_readable(counter: Counter, visit_with: Visit, colour: str) -> None:
    counter.website.snippet = counter.website.snippet.replace("<bywalec-chat", f'<bywalec-chat data-accent="{colour}"')
    for theme in THEMES:
        chat = visit_with(replace(DESK, theme=theme, motion="reduce"))
        chat.open()
        chat.write("hej")
        chat.settled(1)
        assert violations(chat.page) == []
