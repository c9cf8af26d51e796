"""A small demo in the test's database, and a proxy that lies about one thing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest

from bywalec.cli.demo.loading.load import begin, load
from bywalec.cli.demo.notes import Notes
from bywalec.foundation import crypto

MEMBERS, DAYS = 25, 40
PASSED_ON = {"content-type", "location", "set-cookie", "content-security-policy"}
Lie = Callable[[str, bytes], bytes]


class Watcher:
    """Follows a load; may interrupt it, as a power cut would."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.calls: list[tuple[int, int]] = []
        self._stop_after = stop_after

    def at(self, done: int, of: int) -> None:
        self.calls.append((done, of))
        if self._stop_after is not None and len(self.calls) >= self._stop_after:
            raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def _fresh_keys() -> None:
    crypto.forget_cached_keys()


@pytest.fixture
def small_demo(transactional_db: None, tmp_path: Path) -> Notes:
    """Load a demo of a few members and weeks."""
    return load(tmp_path, begin(tmp_path, members=MEMBERS, days=DAYS), Watcher())


class LyingServer(ThreadingHTTPServer):
    """Passes requests on and answers back, changed on the way."""

    daemon_threads = True

    def __init__(self, address: str, lie: Lie) -> None:
        super().__init__(("127.0.0.1", 0), LyingHandler)
        self.behind = address
        self.lie = lie


class LyingHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def log_message(self, _text: str, *_args: object) -> None:
        """Keep quiet."""

    def _pass_on(self) -> None:
        assert isinstance(self.server, LyingServer)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        with (
            httpx.Client(timeout=30) as client,
            client.stream(self.command, self.server.behind + self.path, content=body, headers=headers) as answer,
            suppress(BrokenPipeError, ConnectionResetError, httpx.HTTPError),
        ):
            self.send_response(answer.status_code)
            for name, value in answer.headers.multi_items():
                if name.lower() in PASSED_ON:
                    self.send_header(name, value)
            self.end_headers()
            for piece in _pieces(answer):
                self.wfile.write(self.server.lie(self.path, piece))
                self.wfile.flush()


def _pieces(answer: httpx.Response) -> Iterator[bytes]:
    """Yield a stream as it comes, anything else whole."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        yield from answer.iter_bytes()
    else:
        yield answer.read()


@contextmanager
def lying_proxy(address: str, lie: Lie) -> Iterator[str]:
    """Stand between a client and a server and change what the server says.

    Args:
        address: of the server.
        lie: gets the path and a piece of the answer and returns what is passed on instead.
    """
    server = LyingServer(address, lie)
    thread = Thread(target=server.serve_forever, name="liar")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
