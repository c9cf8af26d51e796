"""The example sentences: enough of them, in the catalogue's names, none twice."""

from collections import Counter

from bywalec.assistant.skills.catalogue import catalogue
from bywalec.assistant.skills.skill import skills
from bywalec.assistant.understanding.examples import LANGUAGES, examples_in
from bywalec.assistant.understanding.normalise import fold
from bywalec.assistant.understanding.types import OUT_OF_SCOPE

IMPLEMENTED_MIN, OTHERS_MIN, OUT_OF_SCOPE_MIN = 40, 15, 150


def test_every_skill_has_enough_polish_examples() -> None:
    counts = Counter(skill for skill, _ in examples_in("pl"))
    assert counts[OUT_OF_SCOPE] >= OUT_OF_SCOPE_MIN
    for name in catalogue():
        assert counts[name] >= (IMPLEMENTED_MIN if name in skills() else OTHERS_MIN), name


def test_examples_name_only_skills_of_the_catalogue() -> None:
    for language in LANGUAGES:
        assert {skill for skill, _ in examples_in(language)} <= {*catalogue(), OUT_OF_SCOPE}


def test_implemented_skills_have_examples_in_every_language() -> None:
    for language in LANGUAGES:
        assert set(skills()) <= {skill for skill, _ in examples_in(language)}


def test_no_sentence_teaches_two_skills() -> None:
    meanings: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for skill, text in examples_in(language):
            meanings.setdefault(fold(text).text, set()).add(skill)
    assert [text for text, found in meanings.items() if len(found) > 1] == []
