"""Every dialogue file is a test: played through the real path in a fresh world, on both databases."""

from pathlib import Path

import pytest

from bywalec.assistant.evaluation.dialogue_file import dialogue_files, read_dialogue, worlds_folder
from bywalec.assistant.evaluation.play import play

FOLDER = Path(__file__).parent
FILES = [
    pytest.param(path, id=str(path.relative_to(FOLDER)), marks=pytest.mark.req(*read_dialogue(path).req))
    for path in dialogue_files(FOLDER)
]


@pytest.mark.parametrize("path", FILES)
def test_conversation(path: Path, db: None) -> None:
    played = play(path, worlds_folder(FOLDER))
    assert played.failures == ()
