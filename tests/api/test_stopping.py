"""SIGTERM: what was accepted is answered and on disk, open streams end, the process goes."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import httpx
import pytest
from django.conf import settings
from django.db import connections

from bywalec.loyalty.queries.verify import verify
from tests.api.conftest import PURCHASES, Counter, receipt
from tests.lane.conftest import open_talk

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS = 32
START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 30


def database_url(alias: str) -> str:
    """Return the address of a test database as the settings read it."""
    used: dict[str, Any] = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return f"sqlite:///{used['NAME']}"
    return f"postgresql://{used['USER']}:{used['PASSWORD']}@{used['HOST']}:{used['PORT']}/{used['NAME']}"


@contextmanager
def server() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run ``bywalec serve`` as a process of its own on the test's stores."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "BYWALEC_DATABASE_URL": database_url("default"),
        "BYWALEC_KEYS_DATABASE_URL": database_url("keys"),
        "BYWALEC_MASTER_KEY": settings.BYWALEC_MASTER_KEY,
        "BYWALEC_RUNNER": "0",
    }
    command = [sys.executable, "-m", "bywalec.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            yield process, url
        finally:
            process.kill()


def _wait_for(url: str) -> None:
    pause = Event()
    for _ in range(START_SECONDS_MAX * 10):
        try:
            if httpx.get(f"{url}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pause.wait(0.1)
    pytest.fail("the server did not start")


class Till:
    """A till that posts receipts until the server goes; it remembers what it was told."""

    def __init__(self, url: str, counter: Counter) -> None:
        self.url = url
        self.counter = counter
        self.told: list[str] = []
        self.statuses: list[int] = []

    async def work(self, started: asyncio.Event) -> None:
        async with httpx.AsyncClient(base_url=self.url, timeout=STOP_SECONDS_MAX) as client:
            while True:
                body = receipt(member={"card": self.counter.card})
                try:
                    answer = await client.post(PURCHASES, json=body, headers=self.counter.till_key)
                except httpx.TransportError:
                    return
                self.statuses.append(answer.status_code)
                if answer.status_code == 201:
                    self.told.append(answer.json()["purchase"])
                    started.set()


async def work_and_stop(tills: list[Till], process: subprocess.Popen[bytes]) -> None:
    started = asyncio.Event()
    working = [asyncio.create_task(till.work(started)) for till in tills]
    await started.wait()
    process.send_signal(signal.SIGTERM)
    await asyncio.gather(*working)


@pytest.mark.req("R1")
def test_sigterm_answers_what_was_accepted(counter: Counter) -> None:
    with server() as (process, url):
        tills = [Till(url, counter) for _ in range(CLIENTS)]
        asyncio.run(work_and_stop(tills, process))
        process.wait(STOP_SECONDS_MAX)
    assert {status for till in tills for status in till.statuses} <= {201, 503}
    told = {purchase for till in tills for purchase in till.told}
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM store_purchase")
        kept = cursor.fetchone()[0]
    assert 0 < len(told) <= kept
    assert kept == len(told), "a receipt was kept whose till was not answered, though nobody was killed"
    assert verify(counter.world.organization).problem is None


def test_sigterm_ends_open_streams(counter: Counter) -> None:
    talk = open_talk(counter.world)
    with (
        server() as (process, url),
        httpx.Client(base_url=url, timeout=STOP_SECONDS_MAX) as client,
        client.stream("GET", talk.path, headers={"Authorization": f"Bearer {talk.token}"}) as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines).startswith("retry:")
        process.send_signal(signal.SIGTERM)
        assert not [line for line in lines if line.startswith("event: status")]
        process.wait(STOP_SECONDS_MAX)
    assert process.returncode in (0, -signal.SIGTERM)
