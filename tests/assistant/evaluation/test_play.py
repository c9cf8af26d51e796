"""The player of dialogue files: what does not hold is seen, each kind of expectation by itself."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import yaml

from bywalec.assistant.evaluation.dialogue_file import dialogue_files, read_dialogue, worlds_folder
from bywalec.assistant.evaluation.play import play
from tests.assistant.conftest import WORLDS

CONVERSATIONS = Path(__file__).parents[2] / "conversations"


def written(tmp_path: Path, **changes: object) -> Path:
    path = tmp_path / "dialogue.yaml"
    document = {"shop": "grocery", "now": "2026-03-02T10:15:00+01:00", "turns": [], **changes}
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "expect",
    [
        {"does": "loyalty.balance"},
        {"does": ["shop.hours", "loyalty.join"]},
        {"refuses": "shop.hours"},
        {"handoff": "customer_asked"},
        {"asks": "phone"},
        {"confirms": "loyalty.join"},
        {"clarifies": []},
        {"says": "chat.greet"},
        {"facts": ["23:00"]},
        {"never": ["21:00"]},
        {"replies": 2},
        {"language": "en"},
    ],
    ids=str,
)
def test_an_expectation_that_does_not_hold_is_seen(db: None, tmp_path: Path, expect: dict[str, object]) -> None:
    path = written(tmp_path, turns=[{"customer": "do której dziś otwarte", "expect": expect}])
    assert play(path, WORLDS).failures != ()


@pytest.mark.parametrize(
    "end",
    [
        {"status": "open"},
        {"handoff": {"reason": "customer_asked"}},
        {"members": 1},
        {"enrolled": {"600700800": "Ola"}},
        {"strangers": ["601100200"]},
    ],
    ids=str,
)
def test_an_end_that_does_not_hold_is_seen(db: None, tmp_path: Path, end: dict[str, object]) -> None:
    path = written(tmp_path, turns=[{"customer": "hej"}], end=end)
    assert len(play(path, WORLDS).failures) == 1


def test_wrong_parameters_of_a_confirmation_are_seen(db: None, tmp_path: Path) -> None:
    turn = {
        "customer": "chcę kartę, mam na imię Ola, 600700800",
        "expect": {"confirms": "loyalty.join", "with": {"phone": "+48600700801", "name": "Ola"}},
    }
    [failure] = play(written(tmp_path, turns=[turn]), WORLDS).failures
    assert "600700800" in failure


@pytest.mark.parametrize(
    "changes",
    [
        {"unknown": 1},
        {"now": "2026-03-02T10:15:00+01:00", "turns": [{"customer": "a", "expect": {"dose": "x"}}]},
        {"turns": [{"customer": 5}]},
        {"now": "soon"},
    ],
    ids=str,
)
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        read_dialogue(written(tmp_path, **changes))


def test_there_are_forty_dialogues_and_more() -> None:
    files = dialogue_files(CONVERSATIONS)
    tags = {tag for path in files for tag in read_dialogue(path).tags}
    assert len(files) >= 40
    assert {"typos", "burst", "correction", "cancel", "unknown", "negation", "injection", "identity"} <= tags
    assert worlds_folder(CONVERSATIONS) == WORLDS


def test_the_command_prints_what_passes_by_tag_and_ends_with_one_when_something_fails(tmp_path: Path) -> None:
    holds = {"shop": "chain", "now": "2026-03-02T10:15:00+01:00", "tags": ["good"], "turns": [{"customer": "hej"}]}
    fails = {**holds, "tags": ["bad"], "turns": [{"customer": "hej", "expect": {"handoff": "customer_asked"}}]}
    for name, document in (("holds", holds), ("fails", fails)):
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    command = [sys.executable, "-m", "bywalec.cli", "evaluate", "dialogue", str(tmp_path), "--worlds", str(WORLDS)]
    environment = {**os.environ, "BYWALEC_LANGUAGE": "en", "PYTHONPATH": "src"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    lines = {line.split()[0]: line for line in ran.stdout.splitlines() if line.strip()}
    assert ran.returncode == 1
    assert "0 of 1 hold" in lines["bad"]
    assert "1 of 1 hold, 100% resolved without a person" in lines["good"]
    assert "1 of 2 hold" in lines["altogether"]
