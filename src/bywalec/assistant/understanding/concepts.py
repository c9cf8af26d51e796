"""Words that mean the same in a shop, whatever their form or language ("pkt", "punktów", "points")."""

from collections import defaultdict
from functools import cache
from importlib import resources

import yaml

from bywalec.assistant.understanding.normalise import fold

_PREFIX_LENGTH_MAX = 14


@cache
def concepts_of(word: str) -> frozenset[str]:
    """The concepts of a folded word."""
    whole, beginnings = _tables()
    found = set(whole.get(word, ()))
    for length in range(2, min(len(word), _PREFIX_LENGTH_MAX) + 1):
        found.update(beginnings.get(word[:length], ()))
    return frozenset(found)


@cache
def _tables() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    document = yaml.safe_load((resources.files(__package__) / "data" / "concepts.yaml").read_text(encoding="utf-8"))
    whole: dict[str, list[str]] = defaultdict(list)
    beginnings: dict[str, list[str]] = defaultdict(list)
    for concept, forms in document.items():
        for form in forms.split(", "):
            table = whole if form.endswith("=") else beginnings
            table[fold(form.rstrip("=")).text].append(concept)
    return dict(whole), dict(beginnings)
