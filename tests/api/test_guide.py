"""The integrators' guide says nothing that is not so: its commands are run, in order, as they are printed."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bywalec.foundation import api_keys
from bywalec.foundation.api_keys import SCOPES
from bywalec.inbox.actions.inboxes import create_inbox
from tests.api.conftest import Counter
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = Path(__file__).parents[2] / "docs" / "api.md"
Environment = dict[str, str]
Json = Any


def commands() -> list[str]:
    """Return the shell commands of the guide but the one that only names address and key."""
    found = re.findall(r"^```sh\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [command for command in found if "curl" in command]


def run(command: str, environment: Environment) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        env=os.environ | environment | {"TZ": "Europe/Warsaw"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode in ((0, 28) if "--max-time" in command else (0,)), (command, done.stderr)
    return done.stdout


def ready(answer: Json, environment: Environment) -> None:
    assert answer["status"] == "ready"


def member_found(answer: Json, environment: Environment) -> None:
    environment["MEMBER"] = answer["id"]


def balance_told(answer: Json, environment: Environment) -> None:
    assert answer["units"][0]["spendable"] == 0


def receipt_recorded(answer: Json, environment: Environment) -> None:
    assert answer["purchase"]
    assert answer["points"][0]["earned"] == 12
    assert [line["why"] for line in answer["lines"]]
    environment["TRANSACTION"] = answer["effects"][0]["transaction"]


def points_held(answer: Json, environment: Environment) -> None:
    assert answer["state"] == "held"
    environment["HOLD"] = answer["hold"]


def hold_captured(answer: Json, environment: Environment) -> None:
    assert answer["state"] == "completed"


def batch_answered(answer: Json, environment: Environment) -> None:
    assert [(one["line"], one["status"]) for one in answer] == [(1, 201), (2, 422)]


def enrolled(answer: Json, environment: Environment) -> None:
    assert answer["card"]


def reversed_(answer: Json, environment: Environment) -> None:
    assert answer["reverses"] == environment["TRANSACTION"]


def conversation_opened(answer: Json, environment: Environment) -> None:
    environment["CONVERSATION"], environment["TOKEN"] = answer["id"], answer["token"]


def question_answered(answer: Json, environment: Environment) -> None:
    assert answer["answered"]
    assert answer["replies"]


def events_streamed(answer: Json, environment: Environment) -> None:
    assert "event: message" in answer
    assert "id: 1" in answer


def person_asked(answer: Json, environment: Environment) -> None:
    assert answer["waiting"]


STEPS: list[Callable[[Json, Environment], None]] = [
    ready,
    member_found,
    balance_told,
    receipt_recorded,
    points_held,
    hold_captured,
    batch_answered,
    enrolled,
    reversed_,
    conversation_opened,
    question_answered,
    events_streamed,
    person_asked,
]


def test_every_command_of_the_guide_does_what_it_says(quiet: None, served: Served, counter: Counter) -> None:
    assert shutil.which("curl"), "install curl: the guide is run as it is printed"
    with counter.world.scope():
        inbox = create_inbox(name="Czat", bot_name="Bywalec").token
    environment = {
        "BYWALEC": served.url,
        "KEY": counter.till_key["Authorization"].removeprefix("Bearer "),
        "OFFICE_KEY": counter.office_key["Authorization"].removeprefix("Bearer "),
        "INBOX": inbox,
    }
    assert len(commands()) == len(STEPS)
    for command, check in zip(commands(), STEPS, strict=True):
        check(parsed(run(command, environment)), environment)


def parsed(output: str) -> Json:
    if output.startswith("retry:"):
        return output
    documents = [json.loads(line) for line in output.splitlines()]
    return documents[0] if len(documents) == 1 else documents


def test_the_scopes_of_the_guide_exist() -> None:
    told = re.findall(r"^\| `([a-z]+(?::[a-z]+)?)` \|", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert told
    assert set(told) <= SCOPES
    assert api_keys.KIND == "bk"
