"""`faq.answer`: the shop's own words, or an honest "I do not know"."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from bywalec.assistant.actions.knowledge import EntryDraft, retire_entry, write_entries
from bywalec.assistant.evaluation.world_file import BuiltWorld
from bywalec.assistant.skills.faq.answer import answer_question
from bywalec.assistant.skills.skill import Situation
from bywalec.foundation import tenancy
from bywalec.foundation.errors import InvalidInput
from tests.plugins.world import World

Ask = Callable[..., str | None]


@pytest.fixture
def ask(grocery: BuiltWorld, situation: Callable[..., Situation]) -> Ask:
    """Return a function that asks and gives the code of the entry that answered."""

    def asked(question: str, language: str = "pl") -> str | None:
        here = situation(language=language)
        with tenancy.reading(grocery.organization):
            result = answer_question.call({"question": question}, here)
        if result.hands_off is not None:
            assert result.hands_off == "no_answer"
            return None
        return result.sources[0]

    return asked


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("ile kosztuje dostawa?", "dostawa"),
        ("dowozicie zakupy", "dostawa"),
        ("moge kartą zaplacic", "platnosci"),
        ("gdzie mogę oddac puszki", "butelki"),
        ("z pieskiem można wejść?", "pies"),
        ("how can i pay", "platnosci"),
    ],
)
def test_the_entry_that_answers(ask: Ask, question: str, code: str) -> None:
    assert ask(question) == f"knowledge:{code}"


@pytest.mark.req("C41")
@pytest.mark.parametrize(
    "question",
    ["macie wifi?", "czy macie toaletę", "dostawa do krakowa", "czy można płacić na raty", "jaka jest gwarancja", "?"],
)
def test_what_no_entry_is_about_is_not_answered(ask: Ask, question: str) -> None:
    assert ask(question) is None


@pytest.mark.req("C41")
def test_two_entries_alike_are_no_answer(grocery: BuiltWorld, ask: Ask) -> None:
    assert ask("czy macie wifi w sklepie") is None
    with tenancy.scope(grocery.organization):
        write_entries(drafts=[EntryDraft(code="w1", language="pl", title="Czy macie wifi?", answer="Tak, mamy.")])
    assert ask("czy macie wifi") == "knowledge:w1"
    with tenancy.scope(grocery.organization):
        write_entries(drafts=[EntryDraft(code="w2", language="pl", title="Czy macie wifi?", answer="Nie, nie mamy.")])
    assert ask("czy macie wifi") is None


def test_the_answer_is_in_the_language_of_the_question_where_there_is_one(
    grocery: BuiltWorld, situation: Callable[..., Situation]
) -> None:
    english = situation(language="en")
    with tenancy.reading(grocery.organization):
        delivery = answer_question.call({"question": "how much is delivery"}, english)
        bottles = answer_question.call({"question": "zwrot butelek"}, english)
    assert "Delivery costs" in str(delivery.data["answer"])
    assert "puszki" in str(bottles.data["answer"])


def test_an_entry_is_replaced_by_its_code_and_retired(grocery: BuiltWorld, ask: Ask) -> None:
    with tenancy.scope(grocery.organization):
        draft = EntryDraft(code="pies", language="pl", title="Czy można wejść z kotem?", answer="Tak.")
        assert write_entries(drafts=[draft]) == 1
    assert ask("można wejść z psem") is None
    assert ask("czy można wejść z kotem") == "knowledge:pies"
    with tenancy.scope(grocery.organization):
        retire_entry(code="pies")
    assert ask("czy można wejść z kotem") is None


DRAFT = EntryDraft(code="a", language="pl", title="Co?", answer="To.")


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, language="de"),
        replace(DRAFT, title=" "),
        replace(DRAFT, answer=""),
        replace(DRAFT, answer="a" * 4_001),
        replace(DRAFT, phrasings=("a",) * 51),
    ],
)
def test_an_entry_that_cannot_be_is_refused(grocery: BuiltWorld, draft: EntryDraft) -> None:
    with tenancy.scope(grocery.organization), pytest.raises(InvalidInput):
        write_entries(drafts=[draft])


def test_another_tenants_answers_are_never_given(grocery: BuiltWorld, other_world: World, ask: Ask) -> None:
    with other_world.scope():
        write_entries(drafts=[EntryDraft(code="x", language="pl", title="Czy macie wifi?", answer="Tak.")])
    assert ask("czy macie wifi") is None
