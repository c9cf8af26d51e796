"""Working in the inbox: what a consultant sees and does, and what a lost race leaves behind."""

from uuid import UUID

import pytest
from django.test import Client

from bywalec.foundation.staff import Role
from bywalec.inbox.actions.conversations import ContactReference, open_conversation
from bywalec.inbox.actions.handoff import hand_off
from bywalec.inbox.actions.lease import Reply, claim, send_reply
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.queries import conversations, messages
from bywalec.inbox.queries.inboxes import InboxInfo
from bywalec.inbox.rules.kinds import AuthorKind, ConversationStatus
from tests.console.conftest import SignIn
from tests.plugins.world import World

HTMX = {"HX-Request": "true"}


def at(conversation: UUID, verb: str = "") -> str:
    """Return the address of a conversation, or of something done to it."""
    return f"/console/inbox/{conversation}/{verb}"


def said(world: World, conversation: UUID) -> list[tuple[AuthorKind, str, bool]]:
    """Return what was said, notes included."""
    with world.reading():
        found = messages.staff_messages(conversation)
    return [(one.author, one.text, one.private) for one in found if one.text]


def status(world: World, conversation: UUID) -> tuple[ConversationStatus, str]:
    """Return whose turn a conversation is and who has it."""
    with world.reading():
        found = conversations.conversation(conversation)
    return found.status, found.assigned.name if found.assigned else ""


def handed_over(world: World, conversation: UUID) -> None:
    """Let the bot hand a conversation over."""
    with world.scope():
        hand_off(
            conversation_id=conversation,
            reason="customer_asked",
            notice="Przekazuję rozmowę.",
            summary="Klient pyta o chleb bez kukurydzy.",
            facts={"order_number": "W1200"},
        )


def test_the_queue_shows_who_waits(consultant: Client, world: World, conversation: UUID) -> None:
    handed_over(world, conversation)

    page = consultant.get("/console/inbox/").content.decode()

    assert "Kuba" in page
    assert "czeka na człowieka" in page


def test_each_part_of_the_queue_explains_its_emptiness(consultant: Client) -> None:
    sentences = {
        "waiting": "Nikt nie czeka",
        "mine": "Nie prowadzisz żadnej rozmowy",
        "bot": "Asystent z nikim nie rozmawia",
        "resolved": "Brak zamkniętych rozmów",
    }
    for view, sentence in sentences.items():
        assert sentence in consultant.get(f"/console/inbox/?view={view}").content.decode()


def test_a_conversation_opens_with_the_story_on_top(consultant: Client, world: World, conversation: UUID) -> None:
    handed_over(world, conversation)

    page = consultant.get(at(conversation)).content.decode()

    assert page.index("Klient prosi o człowieka") < page.index("Dzień dobry, czy jest chleb?")
    assert "Klient pyta o chleb bez kukurydzy." in page
    assert "W1200" in page


def test_a_reply_takes_the_conversation(consultant: Client, world: World, conversation: UUID) -> None:
    answer = consultant.post(at(conversation, "write/"), {"text": "Tak, jest.", "kind": "reply"})

    assert answer.status_code == 302
    assert said(world, conversation)[-1] == (AuthorKind.STAFF, "Tak, jest.", False)
    assert status(world, conversation) == (ConversationStatus.OPEN, "Ola Zielińska")


def test_a_note_stays_with_us(consultant: Client, world: World, conversation: UUID) -> None:
    consultant.post(at(conversation, "write/"), {"text": "Stały klient.", "kind": "note"})

    assert said(world, conversation)[-1] == (AuthorKind.STAFF, "Stały klient.", True)
    assert status(world, conversation) == (ConversationStatus.PENDING, "")


def test_the_same_message_is_sent_once(consultant: Client, world: World, conversation: UUID) -> None:
    form = {"text": "Tak, jest.", "kind": "reply", "client_id": "a" * 32}
    for _ in range(2):
        consultant.post(at(conversation, "write/"), form, headers=HTMX)

    assert [text for _, text, _ in said(world, conversation)].count("Tak, jest.") == 1


@pytest.mark.req("C23")
def test_who_comes_second_is_told_who_was_first(
    consultant: Client, sign_in: SignIn, world: World, conversation: UUID
) -> None:
    consultant.post(at(conversation, "take-over/"))
    second = sign_in(Role.MANAGER, name="Ewa Druga")

    answer = second.post(at(conversation, "write/"), {"text": "Ja też tu jestem.", "kind": "reply"}, headers=HTMX)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Tę rozmowę prowadzi już Ola Zielińska. To, co piszesz, jest dalej w polu." in page
    assert "message-sent" not in answer["HX-Trigger-After-Settle"]
    assert "Ja też tu jestem." not in [text for _, text, _ in said(world, conversation)]
    assert status(world, conversation) == (ConversationStatus.OPEN, "Ola Zielińska")


def test_whose_conversation_it_is_stands_above_the_reply(
    consultant: Client, sign_in: SignIn, conversation: UUID
) -> None:
    consultant.post(at(conversation, "take-over/"))

    page = sign_in(Role.MANAGER, name="Ewa Druga").get(at(conversation)).content.decode()

    assert "Tę rozmowę prowadzi Ola Zielińska. Możesz zostawić notatkę." in page
    assert "Przejmij" not in page


def test_given_back_and_closed(consultant: Client, world: World, conversation: UUID) -> None:
    consultant.post(at(conversation, "take-over/"))
    consultant.post(at(conversation, "give-back/"))
    assert status(world, conversation) == (ConversationStatus.PENDING, "")

    consultant.post(at(conversation, "resolve/"), headers=HTMX)
    assert status(world, conversation)[0] is ConversationStatus.RESOLVED


@pytest.mark.req("C20")
def test_typing_pauses_the_bot_and_a_note_does_not(consultant: Client, world: World, conversation: UUID) -> None:
    assert consultant.post(at(conversation, "typing/"), {"kind": "note"}).status_code == 204
    with world.reading():
        assert conversations.conversation(conversation).bot_paused_until is None

    assert consultant.post(at(conversation, "typing/"), {"kind": "reply"}).status_code == 204
    with world.scope():
        assert conversations.conversation(conversation).bot_paused_until is not None
        assert claim(conversation) is None


def test_news_are_only_what_was_not_there(consultant: Client, world: World, conversation: UUID) -> None:
    with world.reading():
        last = conversations.conversation(conversation).last_number
    assert "chleb" not in consultant.get(at(conversation, f"news/?after={last}"), headers=HTMX).content.decode()

    with world.scope():
        lease = claim(conversation)
        assert lease is not None
        send_reply(lease, [Reply("Chleb jest codziennie.", skill="faq.answer", evidence={"source": "FAQ"})])
    news = consultant.get(at(conversation, f"news/?after={last}"), headers=HTMX).content.decode()

    assert "Chleb jest codziennie." in news
    assert "Dzień dobry, czy jest chleb?" not in news
    assert "Na jakiej podstawie" in news


def test_an_empty_message_is_not_sent(consultant: Client, world: World, conversation: UUID) -> None:
    before = said(world, conversation)

    answer = consultant.post(at(conversation, "write/"), {"text": "  ", "kind": "reply"}, headers=HTMX)

    assert answer.status_code == 422
    assert said(world, conversation) == before


def test_what_a_customer_writes_is_text_and_nothing_else(consultant: Client, world: World, conversation: UUID) -> None:
    with world.scope():
        receive(conversation_id=conversation, text='<script src="/x.js"></script>{{ staff }}<img onerror=x>')

    page = consultant.get(at(conversation)).content.decode()

    assert "<script src=&quot;/x.js&quot;>" not in page
    assert "&lt;script src=&quot;/x.js&quot;&gt;&lt;/script&gt;{{ staff }}&lt;img onerror=x&gt;" in page


def test_a_conversation_that_is_not_here(consultant: Client) -> None:
    answer = consultant.get("/console/inbox/00000000-0000-7000-8000-000000000000/")

    assert answer.status_code == 404
    assert "inbox.conversation_not_found" in answer.content.decode()


def test_who_was_answered_no_longer_stands_first(
    consultant: Client, world: World, inbox: InboxInfo, conversation: UUID
) -> None:
    with world.scope():
        other = open_conversation(inbox_id=inbox.id, contact=ContactReference(display_name="Basia")).id
        receive(conversation_id=other, text="Halo?")
    handed_over(world, conversation)
    handed_over(world, other)
    consultant.post(at(conversation, "write/"), {"text": "Tak, jest.", "kind": "reply"})

    page = consultant.get("/console/inbox/").content.decode()

    assert page.index(f"q-{other}") < page.index(f"q-{conversation}")
