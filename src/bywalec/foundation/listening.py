"""Hearing rings from other processes: PostgreSQL's LISTEN on a connection of its own.

On SQLite there is one process and nothing to hear. A lost connection is opened again; what was missed meanwhile is
found by those who look once a second anyway.
"""

import threading

import psycopg
import structlog
from django.db import connections

from bywalec.foundation import live

log = structlog.get_logger(__name__)


class RemoteBells:
    """A thread that rings here what other processes rang."""

    def __init__(self, *, look_seconds: float = 1.0, retry_seconds: float = 2.0) -> None:
        self._look_seconds = look_seconds
        self._retry_seconds = retry_seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="remote-bells", daemon=True)

    def start(self) -> None:
        """Begin to listen, where there is anything to hear."""
        if connections["default"].vendor == "postgresql":
            self._thread.start()

    def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Stop listening."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.Error:
                log.warning("live_listener_disconnected", exc_info=True)
                self._stopping.wait(self._retry_seconds)

    def _listen(self) -> None:
        parameters = connections["default"].get_connection_params()
        parameters.pop("cursor_factory", None)
        parameters.pop("context", None)
        with psycopg.connect(**parameters, autocommit=True) as connection:
            connection.execute(f"LISTEN {live.CHANNEL}")
            while not self._stopping.is_set():
                for ring in connection.notifies(timeout=self._look_seconds):
                    live.ring(ring.payload)
