"""On PostgreSQL a ring in one process is heard in the others."""

import threading

import pytest
from django.db import connection

from bywalec.foundation import live
from bywalec.foundation.listening import RemoteBells

pytestmark = pytest.mark.django_db(transaction=True)
TOPIC = "conversation:from-afar"


def test_what_another_process_rings_is_heard_here() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is used by one process: there is nobody to hear")
    heard = threading.Event()
    forget = live.listen(TOPIC, heard.set)
    bells = RemoteBells(look_seconds=0.05)
    bells.start()
    try:
        for _ in range(100):  # the first rings may come before the thread listens
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [live.CHANNEL, TOPIC])
            if heard.wait(0.1):
                break
        assert heard.is_set()
    finally:
        forget()
        bells.stop()


def test_a_connection_that_broke_is_opened_again() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is used by one process: there is nobody to hear")
    heard = threading.Event()
    forget = live.listen(TOPIC, heard.set)
    bells = RemoteBells(look_seconds=0.05, retry_seconds=0.05)
    bells.start()
    try:
        for attempt in range(100):
            with connection.cursor() as cursor:
                if attempt == 5:
                    cursor.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %%'"
                    )
                    heard.clear()
                cursor.execute("SELECT pg_notify(%s, %s)", [live.CHANNEL, TOPIC])
            if heard.wait(0.1) and attempt > 5:
                break
        assert heard.is_set()
    finally:
        forget()
        bells.stop()
