"""The word lists of `data/words.yaml`."""

from functools import cache
from importlib import resources

import yaml


@cache
def wordlist(name: str) -> frozenset[str]:
    """One list as a set of folded words."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = yaml.safe_load(
        (resources.files(__package__) / "data/words.yaml").read_text(encoding="utf-8")
    )
    return lists
