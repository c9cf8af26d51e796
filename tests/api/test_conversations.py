"""A customer's side of a conversation over HTTP: open, write, be answered, ask for a person."""

import threading
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from bywalec.foundation import clock
from bywalec.foundation.administration import add_staff
from bywalec.foundation.rates import TokenBuckets
from bywalec.foundation.staff import Role
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.inboxes import create_inbox
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.inboxes import signing_secret
from bywalec.inbox.rules.kinds import IdentityLevel
from bywalec.inbox.rules.visitor_token import sign_visitor
from tests.api.conftest import Counter, Headers
from tests.api.counting import changed, row_counts
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)
CONVERSATIONS = "/api/v1/conversations"
ORIGIN = "https://sklep.example"


class Widget:
    """What a widget on the shop's website does."""

    def __init__(self, served: Served, counter: Counter) -> None:
        self.served = served
        self.counter = counter
        with counter.world.scope():
            inbox = create_inbox(name="Czat", bot_name="Bywalec", allowed_origins=[ORIGIN])
        self.inbox_id, self.inbox = inbox.id, inbox.token

    def open(self, **sent: Any) -> httpx.Response:
        return self.served.client.post(CONVERSATIONS, json={"inbox": self.inbox, **sent}, headers={"Origin": ORIGIN})

    def opened(self, **sent: Any) -> "Open":
        answer = self.open(**sent)
        assert answer.status_code == 201, answer.text
        return Open(self, UUID(answer.json()["id"]), answer.json()["token"])


class Open:
    """An open conversation."""

    def __init__(self, widget: Widget, conversation_id: UUID, token: str) -> None:
        self.widget = widget
        self.id = conversation_id
        self.headers: Headers = {"Authorization": f"Bearer {token}", "Origin": ORIGIN}
        self.path = f"{CONVERSATIONS}/{conversation_id}"

    def say(self, text: str, *, wait: bool = False, client_id: str | None = None) -> httpx.Response:
        sent = {"client_id": client_id or uuid4().hex, "text": text}
        return self.widget.served.client.post(
            f"{self.path}/messages" + ("?wait=true" if wait else ""), json=sent, headers=self.headers
        )

    def ask_for_person(self) -> httpx.Response:
        return self.widget.served.client.post(f"{self.path}/handoff", headers=self.headers)


@pytest.fixture
def widget(served: Served, counter: Counter) -> Widget:
    return Widget(served, counter)


def test_a_question_is_answered_while_the_request_waits(quiet: None, widget: Widget) -> None:
    answer = widget.opened().say("ile kosztuje u was człowiek? chcę rozmawiać z człowiekiem", wait=True)
    document = answer.json()
    assert (answer.status_code, document["answered"]) == (200, True), document
    assert document["message"]["from"] == "customer"
    assert document["replies"][-1]["skill"] == "human.request"


def test_a_known_member_hears_their_balance(quiet: None, widget: Widget) -> None:
    with widget.counter.world.reading():
        secret = signing_secret(widget.inbox_id)
    token = sign_visitor(subject=f"card:{widget.counter.card}", secret=secret, at=clock.now())
    talk = widget.opened(token=token)
    answer = talk.say("ile mam punktów?", wait=True).json()
    assert [reply["skill"] for reply in answer["replies"]] == ["loyalty.balance"]
    with widget.counter.world.reading():
        assert conversation(talk.id).contact.identity.level is IdentityLevel.KNOWN


def test_without_waiting_the_answer_comes_on_the_stream(quiet: None, widget: Widget) -> None:
    talk = widget.opened()
    with (
        httpx.Client(base_url=widget.served.url, timeout=20) as client,
        client.stream("GET", f"{talk.path}/events", headers=talk.headers) as stream,
    ):
        lines = stream.iter_lines()
        received = talk.say("do której jest otwarte?")
        assert received.status_code == 202
        assert received.json()["conversation"] == str(talk.id)
        said = (line for line in lines if line.startswith("data:") and '"from":"bot"' in line)
        next(said)  # the greeting
        assert next(said)


@pytest.mark.req("C12")
def test_the_same_client_id_is_the_same_message(quiet: None, widget: Widget) -> None:
    talk = widget.opened()
    first = talk.say("chcę rozmawiać z człowiekiem", wait=True, client_id="m1")
    before = row_counts()
    again = talk.say("chcę rozmawiać z człowiekiem", wait=True, client_id="m1")
    assert again.json()["message"] == first.json()["message"]
    other = talk.say("co innego", client_id="m1")
    assert (other.status_code, other.json()["code"], other.json()["field"]) == (
        409,
        "inbox.message_differs",
        "client_id",
    )
    assert changed(before, row_counts()) == {}


def test_a_request_finds_the_answer_another_worker_gave(quiet: None, widget: Widget) -> None:
    talk = widget.opened()
    answers: list[dict[str, Any]] = []
    barrier = threading.Barrier(4)

    def ask() -> None:
        barrier.wait(10)
        answers.append(talk.say("chcę rozmawiać z człowiekiem", wait=True, client_id="m1").json())

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [answer["answered"] for answer in answers] == [True] * 4
    assert len({str(answer["replies"]) for answer in answers}) == 1
    assert len(answers[0]["replies"]) == 1


@pytest.mark.req("C21")
def test_asking_for_a_person_tells_what_happens_next(quiet: None, widget: Widget) -> None:
    talk = widget.opened()
    talk.say("ile mam punktów", wait=True)
    asked = talk.ask_for_person()
    assert (asked.status_code, asked.json()) == (
        200,
        {"conversation": str(talk.id), "status": "open", "waiting": True},
    )
    with widget.counter.world.scope():
        view = conversation(talk.id)
        ola = add_staff(email="ola@sklep.example", name="Ola", password=None, role=Role.CONSULTANT)
        assert view.waiting_since is not None
        staff.take_over(conversation_id=talk.id, staff_id=ola)
    again = talk.ask_for_person()
    assert (again.status_code, again.json()["waiting"]) == (200, False)
    said = talk.say("halo?", wait=True).json()
    assert (said["answered"], said["replies"]) == (True, []), "the bot keeps still while a person has it"


def test_wrong_conversations_are_refused_by_name(quiet: None, widget: Widget) -> None:
    talk = widget.opened()
    before = row_counts()
    client, token, say = widget.served.client, talk.headers, f"{talk.path}/messages"
    good, stranger = {"client_id": "a", "text": "b"}, {"Origin": "https://obcy.example"}
    ours, refused, missing = {"inbox": widget.inbox}, "inbox.origin_refused", "inbox.conversation_not_found"
    cases: list[tuple[str, object, Headers, int, str, str | None]] = [
        (CONVERSATIONS, {}, {}, 422, "request.missing_field", "inbox"),
        (CONVERSATIONS, {"inbox": "bi_nonsense"}, {}, 404, "inbox.inbox_not_found", "inbox"),
        (CONVERSATIONS, {"inbox": f"bi_{uuid4().hex}_x"}, {}, 404, "inbox.inbox_not_found", None),
        (CONVERSATIONS, ours | {"token": "a.b.c"}, {}, 401, "inbox.visitor_token_invalid", None),
        (CONVERSATIONS, ours | {"contact": {"source": "x"}}, {}, 422, "request.unknown_field", "contact.source"),
        (CONVERSATIONS, ours, stranger, 403, refused, "Origin"),
        (CONVERSATIONS, ours, {"Origin": "null"}, 403, refused, "Origin"),
        (say, good, {}, 401, "access.missing_token", "Authorization"),
        (say, good, {"Authorization": "Bearer x"}, 401, "access.invalid_token", None),
        (f"{CONVERSATIONS}/{uuid4()}/messages", good, token, 404, missing, None),
        (f"{CONVERSATIONS}/abc/messages", good, token, 404, "not_found", "conversation"),
        (say, good | {"text": ""}, token, 422, "inbox.message_empty", "text"),
        (say, good | {"text": "x" * 5_000}, token, 422, "inbox.message_too_long", "text"),
        (say, good | {"client_id": ""}, token, 422, "request.out_of_range", "client_id"),
        (say, good | {"client_id": "a" * 65}, token, 422, "request.out_of_range", "client_id"),
        (say, {"text": "x"}, token, 422, "request.missing_field", "client_id"),
        (say, good | {"text": "x\0"}, token, 422, "request.invalid_value", "text"),
        (say, good | {"sent_at": "2026-01-01T10:00:00"}, token, 422, "request.invalid_value", "sent_at"),
        (f"{say}?wait=perhaps", good, token, 422, "request.invalid_value", "?wait"),
        (say, good, token | stranger, 403, refused, "Origin"),
        (f"{talk.path}/handoff", {}, {}, 401, "access.missing_token", "Authorization"),
    ]
    for path, sent, headers, status, code, field in cases:
        answer = client.post(path, json=sent, headers=headers)
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem.get("field")) == (status, code, field), (path, sent)
        assert problem["remedy"]
        if code == "inbox.origin_refused":
            assert "access-control-allow-origin" not in answer.headers
    left = changed(before, row_counts())
    assert left == {}, left
    assert talk.say("a teraz dobrze").status_code == 202


def test_one_address_opens_so_many_and_no_more(quiet: None, widget: Widget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bywalec.api.conversations._by_address", TokenBuckets(per_second=0.01, burst=1))
    talk = widget.opened()
    refused = widget.open()
    assert (refused.status_code, refused.json()["code"]) == (429, "request.too_many")
    assert int(refused.headers["retry-after"]) > 1
    monkeypatch.setattr("bywalec.api.conversations._by_conversation", TokenBuckets(per_second=0.01, burst=1))
    before = row_counts()
    assert talk.say("raz").status_code == 202
    assert changed(before, row_counts())["default.inbox_message"] >= 1
    assert talk.say("dwa").status_code == 429


def test_an_allowed_website_may_read_the_answers(quiet: None, widget: Widget) -> None:
    opened = widget.open()
    assert opened.headers["access-control-allow-origin"] == ORIGIN
    assert "Origin" in opened.headers["vary"]
    for path in (CONVERSATIONS, f"{CONVERSATIONS}/{uuid4()}/messages", f"{CONVERSATIONS}/{uuid4()}/handoff"):
        asked = widget.served.client.options(path, headers={"Origin": ORIGIN, "Access-Control-Request-Method": "POST"})
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == ORIGIN
        assert "content-type" in asked.headers["access-control-allow-headers"]
        assert "access-control-allow-credentials" not in asked.headers
    talk = widget.opened()
    lost = widget.served.client.post(
        f"{CONVERSATIONS}/{uuid4()}/messages", json={"client_id": "a", "text": "b"}, headers=talk.headers
    )
    assert (lost.status_code, lost.headers["access-control-allow-origin"]) == (404, ORIGIN)
    from_server = widget.served.client.post(CONVERSATIONS, json={"inbox": widget.inbox})
    assert "access-control-allow-origin" not in from_server.headers
    members = widget.served.client.get("/api/v1/members/lookup?card=1", headers={"Origin": ORIGIN})
    assert "access-control-allow-origin" not in members.headers


def test_the_demos_own_page_is_not_a_stranger(quiet: None, widget: Widget) -> None:
    answer = widget.served.client.post(
        CONVERSATIONS, json={"inbox": widget.inbox}, headers={"Origin": widget.served.url}
    )
    assert answer.status_code == 201
