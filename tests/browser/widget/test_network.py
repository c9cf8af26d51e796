"""A phone in a tunnel: what was written arrives once and in order, what was answered is seen once."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.widget.conftest import DESK, Chat, Counter, Visit

pytestmark = pytest.mark.browser
WRITTEN_OFFLINE = ["jeden", "dwa", "trzy", "cztery"]


def _started(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    chat.write("początek")
    chat.settled(1)
    counter.reply("Słucham, o co chodzi?")
    expect(chat.sentence("Słucham, o co chodzi?")).to_be_visible()


@pytest.mark.req("C12", "C16")
def test_what_was_written_offline_is_sent_once_and_in_order(chat: Chat, counter: Counter, page: Page) -> None:
    _started(chat, counter)
    page.context.set_offline(True)
    for text in WRITTEN_OFFLINE:
        chat.write(text)
    expect(chat.widget.locator(".own.waits")).to_have_count(len(WRITTEN_OFFLINE))
    expect(chat.widget.locator(".notice")).to_contain_text("Brak połączenia")
    assert counter.from_customer() == ["początek"]
    page.context.set_offline(False)
    chat.settled(1 + len(WRITTEN_OFFLINE))
    expect(chat.own).to_have_text(["początek", *WRITTEN_OFFLINE])
    assert counter.from_customer() == ["początek", *WRITTEN_OFFLINE]


@pytest.mark.req("C12", "C16")
def test_what_was_written_offline_survives_the_page(chat: Chat, counter: Counter, page: Page) -> None:
    _started(chat, counter)
    context = page.context
    context.set_offline(True)
    for text in WRITTEN_OFFLINE:
        chat.write(text)
    expect(chat.widget.locator(".own.waits")).to_have_count(len(WRITTEN_OFFLINE))
    page.close()
    context.set_offline(False)
    again = Chat(context.new_page(), counter.website).visit()
    again.open()
    again.settled(1 + len(WRITTEN_OFFLINE))
    assert counter.from_customer() == ["początek", *WRITTEN_OFFLINE]


@pytest.mark.req("C12", "C16")
def test_the_very_first_words_may_be_written_offline(chat: Chat, counter: Counter, page: Page) -> None:
    chat.visit().open()
    page.context.set_offline(True)
    chat.write("halo?")
    chat.human.click()
    expect(chat.widget.locator(".own.waits")).to_have_count(2)
    # Nothing is promised before the server knows of it.
    expect(chat.state).to_have_text("Automatyczny asystent (bot)")
    page.context.set_offline(False)
    expect(chat.state).to_have_text("Czekasz na pracownika sklepu")
    assert counter.from_customer() == ["halo?"]
    assert counter.conversations() == 1


@pytest.mark.req("C12", "C16")
def test_two_pages_of_the_shop_send_what_waits_once_and_in_order(chat: Chat, counter: Counter, page: Page) -> None:
    _started(chat, counter)
    other = Chat(page.context.new_page(), counter.website).visit().open()
    expect(other.own).to_have_text(["początek"])
    page.context.set_offline(True)
    for text in WRITTEN_OFFLINE:
        chat.write(text)
    page.context.set_offline(False)
    chat.settled(1 + len(WRITTEN_OFFLINE))
    other.settled(1 + len(WRITTEN_OFFLINE))
    expect(other.own).to_have_text(["początek", *WRITTEN_OFFLINE])
    assert counter.from_customer() == ["początek", *WRITTEN_OFFLINE]


@pytest.mark.req("C12")
def test_a_lost_answer_makes_no_second_message(chat: Chat, counter: Counter) -> None:
    _started(chat, counter)
    counter.network.lose_next_answer()
    chat.write("czy to doszło?")
    assert counter.network.lost.wait(15)
    chat.settled(2)
    chat.write("a teraz?")
    chat.settled(3)
    expect(chat.own).to_have_text(["początek", "czy to doszło?", "a teraz?"])
    assert counter.from_customer() == ["początek", "czy to doszło?", "a teraz?"]


@pytest.mark.req("C16")
def test_a_dropped_stream_resumes_by_event_id_without_loss_or_repetition(chat: Chat, counter: Counter) -> None:
    _started(chat, counter)
    counter.network.go_down()
    for text in ["pierwsza", "druga", "trzecia"]:
        counter.reply(text)
    expect(chat.sentence("pierwsza")).to_have_count(0)
    streams = len(counter.network.streamed)
    counter.network.come_back()
    expect(chat.sentence("trzecia")).to_be_visible()
    expect(chat.from_staff).to_have_text(["Słucham, o co chodzi?", "pierwsza", "druga", "trzecia"])
    said = [one for one in counter.kept() if one.text == "Słucham, o co chodzi?"]
    assert counter.network.resumed_from[0] is None
    resumed = counter.network.resumed_from[streams]
    assert resumed is not None
    assert resumed >= said[0].number
    # By the number, not by a window of time: nothing that was seen came over the wire again.
    again = bytes(counter.network.streamed[streams])
    assert b"pierwsza" in again
    assert "Słucham, o co chodzi?".encode() not in again


@pytest.mark.req("C16")
def test_a_stream_that_is_cut_again_and_again_loses_nothing(chat: Chat, counter: Counter) -> None:
    _started(chat, counter)
    wanted = ["Słucham, o co chodzi?"]
    for number in range(6):
        counter.network.cut()
        wanted.append(f"odpowiedź {number}")
        counter.reply(wanted[-1])
    expect(chat.from_staff).to_have_text(wanted)


def test_a_conversation_the_server_lost_begins_anew_without_losing_the_words(
    chat: Chat, counter: Counter, page: Page
) -> None:
    chat.visit()
    key = f"bywalec:{counter.inbox.token}"
    stale = {
        "version": 1,
        "conversation": {
            "id": "01920000-0000-7000-8000-000000000000",
            "token": f"bc_{counter.world.organization.hex}_x",
            "visitor": None,
        },
    }
    page.evaluate("([key, value]) => localStorage.setItem(key, JSON.stringify(value))", [key, stale])
    page.reload()
    chat.open()
    chat.write("jesteście tam?")
    chat.settled(1)
    assert counter.from_customer() == ["jesteście tam?"]


def test_a_refused_message_says_why_and_can_be_given_up(visit_with: Visit, counter: Counter) -> None:
    chat = visit_with(DESK)
    chat.open()
    # A program on the page may get past the field's limit; the server does not.
    chat.field.evaluate("field => field.removeAttribute('maxlength')")
    chat.write("a" * 4_001)
    failed = chat.widget.locator(".own.failed")
    expect(failed).to_contain_text("Wiadomość jest za długa")
    chat.write("krócej")
    expect(chat.widget.locator(".own:not(.failed, .waits)")).to_have_count(1)
    failed.get_by_role("button", name="Usuń").click()
    expect(chat.own).to_have_text(["krócej"])
    assert counter.from_customer() == ["krócej"]
