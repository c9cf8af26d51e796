"""The example sentences that teach which skill a message means.

They are data: one file per language and group in `data/`, a skill per key, a sentence per line.
"""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import yaml

LANGUAGES = ("pl", "en", "uk")


@cache
def examples() -> tuple[tuple[str, str], ...]:
    """Every (skill, sentence) of every language, in file order."""
    return tuple(pair for language in LANGUAGES for pair in examples_in(language))


@cache
def examples_in(language: str) -> tuple[tuple[str, str], ...]:
    """Every (skill, sentence) of one language."""
    folder = resources.files(__package__) / "data" / language
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple(pair for file in files for pair in _read(file))


def _read(file: Traversable) -> list[tuple[str, str]]:
    document: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [(skill, line.strip()) for skill, lines in document.items() for line in lines.splitlines() if line.strip()]
