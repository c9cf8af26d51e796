"""The group-commit writer: concurrent requests of one organization share a transaction."""

from concurrent.futures import Future
from uuid import UUID

from bywalec.foundation.actor import Actor
from bywalec.loyalty.actions.requests import Request
from bywalec.loyalty.rules.answers import Answer


class Writer:
    """One thread with one connection per process."""

    def start(self) -> None:
        """Begin to work."""
        raise NotImplementedError

    def submit(self, organization: UUID, request: Request, *, actor: Actor) -> "Future[Answer]":
        """Queue a request; the future is done only after its COMMIT and raises a BywalecError when it was refused.

        Raises:
            WriterFull: the queue is full or the writer is stopping.
        """
        raise NotImplementedError

    def stop(self, *, timeout_seconds: float = 30.0) -> None:
        """Take nothing more, finish what was taken, end."""
        raise NotImplementedError
