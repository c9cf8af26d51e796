"""A visitor writes, the bot or a person answers, and everything is there again after a reload."""

import pytest
from playwright.sync_api import Page, expect

from bywalec.customers.actions.register import register_customer
from bywalec.foundation import clock
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.inboxes import update_inbox
from bywalec.inbox.actions.resolution import resolve
from bywalec.inbox.queries import inboxes
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.handoffs import current_handoff
from bywalec.inbox.rules.kinds import AuthorKind, IdentityLevel
from bywalec.inbox.rules.visitor_token import sign_visitor
from tests.browser.widget.conftest import Chat, Counter

pytestmark = pytest.mark.browser


def _stored(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    return keys + [str(cookie["name"]) for cookie in page.context.cookies()]


def test_a_question_is_answered_by_the_bot(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    chat.write("Do której dziś otwarte?")
    expect(chat.own).to_have_text(["Do której dziś otwarte?"])
    expect(chat.widget.locator(".own .foot")).to_contain_text("Wysłano")
    # The greeting is the first, the answer the second; the first of a process loads what it needs to understand.
    expect(chat.theirs.nth(1)).to_be_visible(timeout=60_000)
    said = [one for one in counter.kept() if one.author is AuthorKind.BOT]
    assert len(said) >= 2
    assert counter.from_customer() == ["Do której dziś otwarte?"]


@pytest.mark.req("G17", "C30")
def test_it_says_that_it_is_a_bot_before_anything_is_asked(chat: Chat) -> None:
    chat.visit().open()
    expect(chat.state).to_have_text("Automatyczny asystent (bot)")
    expect(chat.theirs).to_have_count(1)
    expect(chat.theirs).to_contain_text("automatyczny asystent (bot)")


@pytest.mark.req("G16")
def test_nothing_is_kept_in_the_browser_before_the_visitor_starts(chat: Chat, page: Page, counter: Counter) -> None:
    chat.visit().open()
    expect(chat.theirs).to_have_count(1)
    assert _stored(page) == []
    assert counter.conversations() == 0
    chat.write("hej")
    chat.settled(1)
    assert _stored(page) == [f"bywalec:{counter.inbox.token}"]


def test_only_the_launcher_is_loaded_until_the_chat_is_opened(chat: Chat, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    chat.visit()
    expect(chat.launcher).to_be_visible()
    assert "panel.js" not in asked
    chat.open()
    assert "panel.js" in asked


def test_a_person_answers_under_their_given_name(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    chat.write("Czy są dziś pączki?")
    chat.settled(1)
    counter.reply("Są, z różą i z powidłami.")
    expect(chat.sentence("Są, z różą")).to_be_visible()
    expect(chat.state).to_have_text("Rozmawia z Tobą Anna")
    expect(chat.widget.locator(".staff .author")).to_have_text("Anna")
    expect(chat.human).to_be_hidden()


def test_typing_is_shown_and_ends_with_the_answer(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    chat.write("Czy są dziś pączki?")
    chat.settled(1)
    talk = counter.conversation()
    with counter.world.scope():
        staff.typing(conversation_id=talk, staff_id=counter.anna)
    expect(chat.widget.locator(".typing")).to_have_text("Anna pisze…")
    counter.reply("Są.")
    expect(chat.sentence("Są.")).to_be_visible()
    expect(chat.widget.locator(".typing")).to_have_text("")


@pytest.mark.req("C21", "C26")
def test_a_person_can_be_asked_for_at_any_time(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    expect(chat.human).to_be_visible()
    chat.write("hej")
    chat.settled(1)
    expect(chat.human).to_be_visible()
    chat.human.click()
    expect(chat.state).to_have_text("Czekasz na pracownika sklepu")
    talk = counter.conversation()
    with counter.world.reading():
        told = current_handoff(talk)
    notice = [one.text for one in counter.kept() if one.author is AuthorKind.BOT][-1]
    assert told is not None
    assert told.requested_by is AuthorKind.CUSTOMER
    # The customer is told what happens next.
    expect(chat.theirs.last).to_have_text(notice)


@pytest.mark.req("C54")
def test_a_private_note_never_shows(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    chat.write("hej")
    chat.settled(1)
    talk = counter.conversation()
    with counter.world.scope():
        staff.add_note(conversation_id=talk, staff_id=counter.anna, text="tylko dla nas")
    counter.reply("Słucham, o co chodzi?")
    expect(chat.sentence("Słucham, o co chodzi?")).to_be_visible()
    expect(chat.sentence("tylko dla nas")).to_have_count(0)


def test_the_conversation_is_there_again_after_a_reload(chat: Chat, counter: Counter, page: Page) -> None:
    chat.visit().open()
    chat.write("pierwsze")
    chat.settled(1)
    counter.reply("odpowiedź")
    expect(chat.sentence("odpowiedź")).to_be_visible()
    before = chat.bubbles.all_inner_texts()
    page.reload()
    chat.open()
    expect(chat.bubbles).to_have_text(before, use_inner_text=True)
    expect(chat.state).to_have_text("Rozmawia z Tobą Anna")
    assert counter.conversations() == 1


def test_the_closed_launcher_counts_what_is_unread(chat: Chat, counter: Counter, page: Page) -> None:
    chat.visit().open()
    chat.write("hej")
    chat.settled(1)
    counter.reply("pierwsza")
    expect(chat.sentence("pierwsza")).to_be_visible()
    page.reload()
    expect(chat.launcher).to_have_accessible_name("Otwórz czat, Sklep marek")
    counter.reply("druga")
    counter.reply("trzecia")
    expect(chat.launcher).to_have_accessible_name("Otwórz czat, Sklep marek, 2 nieprzeczytane wiadomości")
    expect(chat.widget.locator(".badge")).to_have_text("2")
    chat.open()
    page.keyboard.press("Escape")
    expect(chat.widget.locator(".badge")).to_be_hidden()


def test_a_resolved_conversation_can_be_left_for_a_new_one(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    chat.write("pierwsza sprawa")
    chat.settled(1)
    first = counter.conversation()
    with counter.world.scope():
        resolve(conversation_id=first, staff_id=counter.anna)
    expect(chat.state).to_have_text("Rozmowa zakończona")
    chat.widget.get_by_role("button", name="Zacznij od nowa").click()
    expect(chat.own).to_have_count(0)
    expect(chat.field).to_be_focused()
    chat.write("druga sprawa")
    chat.settled(1)
    assert counter.conversation() != first
    assert counter.from_customer() == ["druga sprawa"]


@pytest.mark.req("S10")
def test_what_is_said_stays_text_and_only_safe_links_are_links(chat: Chat, counter: Counter, page: Page) -> None:
    chat.visit().open()
    chat.write("<img src=x onerror=alert(1)> https://moja.example")
    chat.settled(1)
    counter.reply(
        "<b>nie</b> javascript:alert(1) data:text/html,x http://zly.example https://ja@zly.example/ "
        "https://paczka.example/123. sklep@example.com"
    )
    expect(chat.sentence("<b>nie</b>")).to_be_visible()
    expect(chat.own).to_have_text(["<img src=x onerror=alert(1)> https://moja.example"])
    links = chat.widget.locator(".text a")
    assert [link.get_attribute("href") for link in links.all()] == [
        "https://paczka.example/123",
        "mailto:sklep@example.com",
    ]
    assert links.first.get_attribute("rel") == "noopener noreferrer nofollow"
    assert page.locator("bywalec-chat img").count() == 0


def test_lines_and_lists_keep_their_shape(chat: Chat, counter: Counter) -> None:
    chat.visit().open()
    chat.write("co macie?")
    chat.settled(1)
    counter.reply("Dziś są:\n• chleb wiejski\n• pączki z różą\nZapraszamy")
    expect(chat.from_staff).to_have_text("Dziś są: • chleb wiejski • pączki z różą Zapraszamy")
    assert chat.from_staff.inner_text().split("\n") == [
        "Dziś są:",
        "• chleb wiejski",
        "• pączki z\u00a0różą",
        "Zapraszamy",
    ]
    expect(chat.from_staff.locator(".item")).to_have_count(2)


@pytest.mark.req("S9")
def test_on_a_website_that_is_not_allowed_there_is_no_chat(chat: Chat, counter: Counter, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with counter.world.scope():
        update_inbox(inbox_id=counter.inbox.id, allowed_origins=["https://inny.example"])
    with page.expect_response(lambda answer: "/widget/config" in answer.url) as config:
        chat.visit()
    assert config.value.status == 403
    expect(chat.launcher).to_have_count(0)
    assert any("Sklep nie zezwolił" in text for text in said)


def test_a_visitor_the_shop_vouches_for_is_known(chat: Chat, counter: Counter) -> None:
    with counter.world.scope():
        ola = register_customer(name="Ola Kowalska", contact_points=[]).id
        secret = inboxes.signing_secret(counter.inbox.id)
    token = sign_visitor(subject=str(ola), secret=secret, at=clock.now())
    counter.website.snippet = counter.website.snippet.replace("<bywalec-chat", f'<bywalec-chat data-token="{token}"')
    chat.visit().open()
    chat.write("hej")
    chat.settled(1)
    talk = counter.conversation()
    with counter.world.reading():
        contact = conversation(talk).contact
    assert (contact.customer_id, contact.identity.level) == (ola, IdentityLevel.KNOWN)


def test_an_expired_word_of_the_shop_leaves_the_visitor_anonymous_and_says_so(chat: Chat, counter: Counter) -> None:
    with counter.world.scope():
        secret = inboxes.signing_secret(counter.inbox.id)
    token = sign_visitor(subject="card:1", secret=secret, at=clock.later(clock.now(), -600))
    counter.website.snippet = counter.website.snippet.replace("<bywalec-chat", f'<bywalec-chat data-token="{token}"')
    chat.visit().open()
    chat.write("hej")
    chat.settled(1)
    expect(chat.widget.locator(".notice")).to_contain_text("Rozmawiasz anonimowo")


def test_who_signs_in_next_does_not_see_what_was_said_before(chat: Chat, counter: Counter, page: Page) -> None:
    with counter.world.scope():
        secret = inboxes.signing_secret(counter.inbox.id)
    plain = counter.website.snippet

    def signed_in(subject: str) -> None:
        token = sign_visitor(subject=subject, secret=secret, at=clock.now())
        counter.website.snippet = plain.replace("<bywalec-chat", f'<bywalec-chat data-token="{token}"')

    signed_in("card:1")
    chat.visit().open()
    chat.write("mój numer to 123")
    chat.settled(1)
    signed_in("card:1")
    page.reload()
    chat.open()
    expect(chat.own).to_have_text(["mój numer to 123"])
    signed_in("card:2")
    page.reload()
    chat.open()
    expect(chat.theirs).to_have_count(1)
    expect(chat.own).to_have_count(0)


def test_it_speaks_english_where_asked(chat: Chat, counter: Counter) -> None:
    counter.website.snippet = counter.website.snippet.replace('data-lang="pl"', 'data-lang="en-GB"')
    chat.visit()
    expect(chat.launcher.locator(".word")).to_have_text("Write to us")
    chat.open()
    expect(chat.state).to_have_text("Automated assistant (bot)")
