"""The customer: comes in with the shop's signed word on who they are, writes, and listens to the event stream."""

import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpx

from bywalec.cli.demo.notes import Keys, Regular
from bywalec.cli.smoke.expectation import Disappointed, Document, document, text
from bywalec.foundation import clock
from bywalec.foundation.ids import new_id
from bywalec.inbox.rules.visitor_token import sign_visitor

REPLY_SECONDS_MAX = 20.0
LEAVE_SECONDS_MAX = 5.0


class Customer:
    """One visitor of the shop's page with the widget open.

    Args:
        address: of the server.
        keys: the widget's token and the secret of the shop's server.
        regular: who it is.
    """

    def __init__(self, address: str, keys: Keys, regular: Regular) -> None:
        self._http = httpx.Client(base_url=address, timeout=httpx.Timeout(15), headers={"Accept-Language": "pl"})
        token = sign_visitor(subject=f"card:{regular.card}", secret=keys.inbox_secret, at=clock.now())
        answer = self._http.post("/api/v1/conversations", json={"inbox": keys.inbox, "token": token, "language": "pl"})
        opened = document(answer, status=201)
        self.conversation = text("conversation", opened, "id")
        self._http.headers["Authorization"] = f"Bearer {text('conversation', opened, 'token')}"
        self._events: queue.Queue[tuple[str, Document]] = queue.Queue()
        self._stream = httpx.Client(base_url=address, timeout=httpx.Timeout(15, read=60), headers=self._http.headers)
        self._socket: socket.socket | None = None
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="customer", daemon=True)
        self._thread.start()

    def write(self, words: str) -> None:
        """Write to the shop."""
        answer = self._http.post(
            f"/api/v1/conversations/{self.conversation}/messages", json={"client_id": new_id().hex, "text": words}
        )
        document(answer, status=202)

    def hear(self, sender: str, wanted: Callable[[Document], bool] = lambda _: True) -> str:
        """Return the next message of a sender that comes over the stream and is the wanted one.

        Args:
            sender: "bot" or "staff".
            wanted: which message.

        Raises:
            Disappointed: it did not come in time.
        """
        return text(
            "message",
            self._wait_for(
                f"a message from {sender}",
                lambda kind, data: kind == "message" and data.get("from") == sender and wanted(data),
            ),
            "text",
        )

    def wait_for_handoff(self) -> None:
        """Wait until the stream says that a person was asked for.

        Raises:
            Disappointed: it did not say so in time.
        """
        self._wait_for("a hand-over", lambda kind, data: kind == "handoff" and data.get("state") == "waiting")

    def close(self) -> None:
        """Leave the page."""
        self._leaving.set()
        if self._socket is not None:
            with suppress(OSError):  # the server may have been quicker
                self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(LEAVE_SECONDS_MAX)
        self._http.close()
        self._stream.close()

    def _wait_for(self, what: str, wanted: Callable[[str, Document], bool]) -> Document:
        ends = clock.later(clock.now(), REPLY_SECONDS_MAX)
        passed: list[str] = []
        while (left := (ends - clock.now()).total_seconds()) > 0:
            with suppress(queue.Empty):
                kind, data = self._events.get(timeout=left)
                if wanted(kind, data):
                    return data
                passed.append(f"{kind} {data}")
        raise Disappointed(f"{what} did not come within {REPLY_SECONDS_MAX:.0f} s; came: {passed or 'nothing'}")

    def _listen(self) -> None:
        path = f"/api/v1/conversations/{self.conversation}/events"
        with suppress(httpx.HTTPError, RuntimeError), self._stream.stream("GET", path) as answer:
            self._socket = answer.extensions["network_stream"].get_extra_info("socket")
            if answer.status_code == httpx.codes.OK and not self._leaving.is_set():
                for event in read_events(answer.iter_lines()):
                    self._events.put(event)


def read_events(lines: Iterator[str]) -> Iterator[tuple[str, Document]]:
    """Yield kind and data of server-sent events (HTML Living Standard, 9.2.6), those with JSON objects as data."""
    kind, data = "message", ""
    for line in lines:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event" and line:
            kind = value
        elif name == "data" and line:
            data += value
        elif not line:
            if data:
                found = json.loads(data)
                if isinstance(found, dict):
                    yield kind, found
            kind, data = "message", ""
