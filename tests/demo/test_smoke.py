"""The smoke run against the real server: it passes when all is well, and fails on each kind of wrong answer."""

import re
from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from bywalec.cli.demo.notes import Notes
from bywalec.cli.smoke.run import outcome
from bywalec.cli.smoke.story import play
from tests.demo.conftest import lying_proxy
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)


def told(address: str, notes: Notes, seed: int) -> tuple[int, list[str]]:
    """Play and return the exit code with what was said."""
    said: list[str] = []
    code = outcome(lambda: play(address, notes, Random(seed), said.append), said.append)
    return code, said


@pytest.mark.req("L5")
def test_the_main_job_is_done_on_the_real_server(small_demo: Notes, served: Served) -> None:
    code, said = told(served.url, small_demo, 1)
    assert code == 0, said
    assert len(said) == 11
    with lying_proxy(served.url, lambda _path, body: body) as address:
        assert told(address, small_demo, 2)[0] == 0


def test_each_wrong_answer_ends_it_with_1_and_the_reason(small_demo: Notes, served: Served) -> None:
    for seed, (name, (path, change, reason)) in enumerate(LIES.items()):
        with lying_proxy(served.url, partial(_change, path, change)) as address:
            code, said = told(address, small_demo, seed)
        assert code == 1, (name, said)
        assert reason in said[-1], (name, said)


def test_a_server_that_is_not_there_ends_it_with_1(small_demo: Notes) -> None:
    code, said = told("http://127.0.0.1:9", small_demo, 1)
    assert code == 1
    assert "ConnectError" in said[-1]


def _change(lied_about: str, change: Callable[[bytes], bytes], path: str, body: bytes) -> bytes:
    return change(body) if lied_about in path else body


def _more(pattern: str) -> Callable[[bytes], bytes]:
    """Return a lie that adds one to the number after a pattern."""
    expression = re.compile(pattern.encode() + rb"(\d+)")
    return lambda body: expression.sub(lambda found: found[0][: -len(found[1])] + str(int(found[1]) + 1).encode(), body)


_counting = iter(range(10**6))
LIES: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "the balance is tampered with": ("/balance", _more(r'"spendable":'), "balance"),
    "the receipt earns one more": ("/purchases", _more(r'"earned":'), "points earned"),
    "the answer is not the stored one": (
        "/purchases",
        lambda body: body + b" " * next(_counting),
        "same receipt",
    ),
    "the lines do not explain themselves": ("/purchases", lambda body: body.replace(b'"why":"', b'"y":"'), "explain"),
    "the assistant names another number": ("/events", _more("Masz "), "points in the reply"),
    "the reply of the consultant is changed": (
        "/events",
        lambda body: body.replace(b"Ania", b"Ola"),
        "the customer got",
    ),
    "the reward is cheaper than agreed": ("/redemptions", _more(r'"balance":'), "balance after the reward"),
    "the queue is empty": ("/console/inbox/?", lambda _: b"<html></html>", "does not wait in the queue"),
    "the sign-in form is unprotected": (
        "/accounts/login/",
        lambda body: body.replace(b"csrfmiddlewaretoken", b"x"),
        "forged",
    ),
    "no answer is JSON": ("/api/", lambda _: b"<html></html>", "no JSON"),
}
