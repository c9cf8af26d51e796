"""Working in the inbox with a real browser: live, by keyboard, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from bywalec.inbox.actions.receive import receive
from bywalec.inbox.queries import conversations
from tests.browser.console.conftest import Visitor, picture
from tests.browser.console.shop_day import MAREK, OLA, ShopDay


def shown_twice(page: Page) -> int:
    """Return how many messages stand in the log more than once."""
    ids = page.eval_on_selector_all(".message[id]", "all => all.map(one => one.id)")
    return len(ids) - len(set(ids))


@pytest.mark.browser(both=True)
@pytest.mark.req("C23")
def test_two_consultants_see_each_other_and_one_wins(visitor: Visitor, day: ShopDay) -> None:
    address = f"/console/inbox/{day.conversations['handoff']}/"
    ola, marek = visitor(OLA), visitor(MAREK)
    ola.goto(address)
    marek.goto(address)

    ola.fill("#composer-text", "Dzień dobry, tu Ola. Już sprawdzam paragon.")
    ola.click("#composer [type=submit]")
    expect(ola.locator(".from-staff .bubble")).to_have_text("Dzień dobry, tu Ola. Już sprawdzam paragon.")
    expect(ola.locator("#composer-text")).to_have_value("")
    expect(marek.locator(".from-staff .bubble")).to_have_text("Dzień dobry, tu Ola. Już sprawdzam paragon.")
    expect(marek.locator("#turn")).to_have_text("Tę rozmowę prowadzi Ola Zielińska. Możesz zostawić notatkę.")

    marek.fill("#composer-text", "Ja odpowiem")
    marek.click("#composer [type=submit]")
    expect(marek.locator(".toast")).to_contain_text("Tę rozmowę prowadzi już Ola Zielińska.")
    expect(marek.locator("#composer-text")).to_have_value("Ja odpowiem")
    picture(marek, "race-lost", width="wide", theme="light")
    marek.fill("#composer-text", "Znalazłem: paragon W1199, nabity bez karty.")
    marek.click("#composer [type=submit]")
    expect(ola.locator(".from-note .bubble").last).to_have_text("Znalazłem: paragon W1199, nabity bez karty.")
    assert (shown_twice(ola), shown_twice(marek)) == (0, 0)
    picture(ola, "conversation-live", width="wide", theme="light")


@pytest.mark.browser
def test_what_a_customer_writes_appears_by_itself(visitor: Visitor, day: ShopDay) -> None:
    talk = day.conversations["invoice"]
    page = visitor(OLA)
    page.goto(f"/console/inbox/{talk}/")
    page.fill("#composer-text", "Zaczęta odpowiedź")

    with day.world.scope():
        receive(conversation_id=talk, text="NIP jeszcze raz: 525-000-01-06")

    expect(page.locator(".from-customer .bubble").last).to_have_text("NIP jeszcze raz: 525-000-01-06")
    expect(page.locator("#queue-rows")).to_contain_text("NIP jeszcze raz: 525-000-01-06")
    expect(page.locator("#composer-text")).to_have_value("Zaczęta odpowiedź")
    assert shown_twice(page) == 0


@pytest.mark.browser
@pytest.mark.req("C20")
def test_typing_pauses_the_bot(visitor: Visitor, day: ShopDay) -> None:
    talk = day.conversations["hours"]
    page = visitor(OLA)
    page.goto(f"/console/inbox/{talk}/")
    expect(page.locator("#turn")).to_contain_text("Tę rozmowę prowadzi asystent.")

    page.locator("#composer-text").press_sequentially("Dzień")

    expect(page.locator("#turn")).to_have_text("Asystent czeka, bo ktoś pisze.")
    with day.world.reading():
        assert conversations.conversation(talk).bot_paused_until is not None


@pytest.mark.browser
@pytest.mark.req("A1")
def test_a_whole_conversation_by_keyboard_alone(visitor: Visitor, day: ShopDay) -> None:
    page = visitor(OLA)
    page.goto("/console/inbox/")
    keys = page.keyboard
    keys.press("j")
    first = page.evaluate("document.activeElement.id")
    keys.press("j")
    keys.press("k")
    assert page.evaluate("document.activeElement.id") == first
    keys.press("Enter")
    page.wait_for_selector("#composer")
    keys.press("n")
    keys.type("Sprawdzone po kodzie.")
    keys.press("Control+Enter")
    expect(page.locator(".from-note .bubble").last).to_have_text("Sprawdzone po kodzie.")
    keys.press("Escape")
    keys.press("r")
    keys.type("Dzień dobry")
    keys.press("Shift+Tab")
    assert page.evaluate("document.activeElement.value") == "reply"
    keys.press("Tab")
    keys.press("Control+Enter")
    expect(page.locator(".from-staff .bubble").last).to_have_text("Dzień dobry")
    keys.press("Escape")
    keys.press("Escape")
    page.wait_for_url(re.compile(r"/console/inbox/\?"))


@pytest.mark.browser
@pytest.mark.req("A1")
def test_everything_on_a_page_is_reached_by_tab_and_seen(visitor: Visitor, day: ShopDay) -> None:
    page = visitor(MAREK)
    page.goto(f"/console/members/{day.members[0]}/")
    reached = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
        ring = page.evaluate(
            "(() => { const a = document.activeElement; if (a === document.body) return true;"
            " const s = getComputedStyle(a), p = getComputedStyle(a, '::after');"
            " return s.outlineStyle !== 'none' || p.outlineStyle !== 'none'; })()"
        )
        assert ring, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    wanted = page.eval_on_selector_all(
        "a[href], button", "all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 200))"
    )
    assert set(wanted) <= reached, set(wanted) - reached


@pytest.mark.browser
def test_on_a_phone_one_pane_at_a_time_and_back(visitor: Visitor, day: ShopDay) -> None:
    page = visitor(OLA, width="phone")
    page.goto("/console/inbox/")
    assert not page.is_visible("#talk")
    page.click("text=Anna Kowalska")
    page.wait_for_selector("#composer")
    assert not page.is_visible(".queue")
    page.click(".to-person a")
    page.wait_for_selector("#person-name")
    assert page.is_visible("text=+48 600 700 800")
    assert not page.is_visible("#composer")

    page.go_back()
    page.wait_for_selector("#composer")
    assert page.is_visible("#composer")
    page.go_back()
    page.wait_for_selector(".queue")
    assert page.is_visible(".queue")
    assert not page.is_visible("#composer")


@pytest.mark.browser
def test_a_draft_waits_until_its_conversation_is_open_again(visitor: Visitor, day: ShopDay) -> None:
    page = visitor(OLA)
    page.goto(f"/console/inbox/{day.conversations['handoff']}/")
    page.fill("#composer-text", "Nie skończyłam")
    page.click("text=Kuba")
    expect(page.locator("#talk-name")).to_have_text("Kuba")
    assert page.input_value("#composer-text") == ""
    page.click(".queue >> text=Anna Kowalska")
    expect(page.locator("#talk-name")).to_have_text("Anna Kowalska")
    assert page.input_value("#composer-text") == "Nie skończyłam"
    page.fill("#composer-text", "")


@pytest.mark.browser
def test_a_consultant_can_answer_without_scripts(visitor: Visitor, day: ShopDay) -> None:
    page = visitor(OLA, scripts=False)
    page.goto("/console/inbox/")
    page.click("text=Anna Kowalska")
    page.fill("#composer-text", "Dzień dobry")
    page.click("#composer [type=submit]")

    assert page.inner_text(".from-staff .bubble") == "Dzień dobry"
    page.click("#do-resolve")
    assert "zamknięta" in page.inner_text("#talk-head")
