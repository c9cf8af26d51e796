"""A bad network between a browser and the server: a TCP proxy that can cut, refuse and lose answers."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

PIECE_BYTES = 65_536
_LAST_EVENT = re.compile(rb"last-event-id: *(\d+)", re.IGNORECASE)


class BadNetwork:
    """Forwards connections to a server, as long as it is told to.

    Attributes:
        url: where the browser finds it.
        resumed_from: the ``Last-Event-ID`` of each stream that was asked for; None without one.
        streamed: what came back on each of those streams.
    """

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        assert parts.hostname is not None
        assert parts.port is not None
        self._target = (parts.hostname, parts.port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.resumed_from: list[int | None] = []
        self.streamed: list[bytearray] = []
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._refusing = threading.Event()
        self._lose_next = threading.Event()
        self.lost = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._accept, name="bad network", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        """Break every connection that is open now."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            _break(*pair)

    def go_down(self) -> None:
        """Break everything and accept nothing until `come_back`."""
        self._refusing.set()
        self.cut()

    def come_back(self) -> None:
        """Forward again."""
        self._refusing.clear()

    def lose_next_answer(self) -> None:
        """Let the next message reach the server and its answer be lost; `lost` is set when that has happened."""
        self.lost.clear()
        self._lose_next.set()

    def close(self) -> None:
        """Stop."""
        self._listening.close()
        self.cut()
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self._refusing.is_set():
                _break(client)
                continue
            server = socket.create_connection(self._target)
            with self._lock:
                self._pairs.append((client, server))
            threading.Thread(target=self._forward, args=(client, server), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        stream: list[bytearray] = []
        back = threading.Thread(target=self._answer, args=(client, server, stream), daemon=True)
        back.start()
        for piece in _pieces(client):
            head = piece.split(b"\r\n\r\n", 1)[0]
            if b"/events" in head.split(b"\r\n", 1)[0] and head.startswith(b"GET"):
                found = _LAST_EVENT.search(head)
                self.resumed_from.append(int(found.group(1)) if found else None)
                stream.append(bytearray())
                self.streamed.append(stream[-1])
            with contextlib.suppress(OSError):
                server.sendall(piece)
        _break(client, server)

    def _answer(self, client: socket.socket, server: socket.socket, stream: list[bytearray]) -> None:
        for piece in _pieces(server):
            if self._lose_next.is_set() and piece.startswith(b"HTTP/1.1 202"):
                self._lose_next.clear()
                _break(client, server)
                self.lost.set()
                return
            if stream:
                stream[-1].extend(piece)
            with contextlib.suppress(OSError):
                client.sendall(piece)
        _break(client, server)


def _pieces(connection: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            piece = connection.recv(PIECE_BYTES)
        except OSError:
            return
        if not piece:
            return
        yield piece


def _break(*connections: socket.socket) -> None:
    for connection in connections:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
        connection.close()
