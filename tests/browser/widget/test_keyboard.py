"""Everything by keyboard, with the focus always where the eye expects it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.widget.conftest import PHONE, Chat, Counter, Visit

pytestmark = pytest.mark.browser
FOCUSED = "() => document.activeElement?.shadowRoot?.activeElement?.className ?? document.activeElement?.tagName"


@pytest.mark.req("A1")
def test_a_whole_conversation_by_keyboard(chat: Chat, page: Page, counter: Counter) -> None:
    chat.visit()
    expect(chat.launcher).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(chat.launcher).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat.field).to_be_focused()
    page.keyboard.type("pierwsza linia")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("druga linia")
    page.keyboard.press("Enter")
    chat.settled(1)
    assert counter.from_customer() == ["pierwsza linia\ndruga linia"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(chat.human).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat.state).to_have_text("Czekasz na pracownika sklepu")
    page.keyboard.press("Escape")
    expect(chat.dialog).to_be_hidden()
    expect(chat.launcher).to_be_focused()


@pytest.mark.req("A1")
def test_on_a_phone_the_focus_stays_in_the_chat(visit_with: Visit) -> None:
    chat = visit_with(PHONE)
    chat.open()
    seen = set()
    for _ in range(14):
        chat.page.keyboard.press("Tab")
        seen.add(chat.page.evaluate(FOCUSED))
    assert "A" not in seen
    assert {"quiet", "human", "send"} <= seen


@pytest.mark.req("A1")
def test_beside_the_page_the_page_stays_usable(chat: Chat, page: Page) -> None:
    chat.visit().open()
    page.get_by_role("link", name="Cennik").click()
    expect(page).to_have_url(f"{chat.website.url}/#menu")
    expect(chat.dialog).to_be_visible()


@pytest.mark.req("A1")
def test_new_messages_are_announced_politely(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    log = chat.widget.get_by_role("log", name="Przebieg rozmowy")
    expect(log).to_have_attribute("aria-live", "polite")
    chat.write("hej")
    chat.settled(1)
    first = log.locator(".own").element_handle()
    counter.reply("Słucham, o co chodzi?")
    expect(chat.sentence("Słucham, o co chodzi?")).to_be_visible()
    # A message keeps its node, so a screen reader hears it once.
    assert first is not None
    assert first.evaluate("node => node.isConnected")


def test_the_element_can_be_opened_and_closed_by_the_page(chat: Chat, page: Page) -> None:
    chat.visit()
    expect(chat.launcher).to_be_visible()
    page.evaluate("document.querySelector('bywalec-chat').open()")
    expect(chat.dialog).to_be_visible()
    page.evaluate("document.querySelector('bywalec-chat').close()")
    expect(chat.dialog).to_be_hidden()
