"""The dialogue step by itself: states and decisions, without any world around it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bywalec.assistant.dialogue.advance import Facts, advance
from bywalec.assistant.dialogue.decisions import Ask, Call, Check, Clarify, Confirm, Decision, HandOff
from bywalec.assistant.dialogue.scenario import Scenario, scenarios, schema
from bywalec.assistant.dialogue.slots import Heard, bare_name, chosen, introduced_name
from bywalec.assistant.dialogue.state import FRAMES_MAX, Frame, State
from bywalec.assistant.dialogue.step import step
from bywalec.assistant.skills.catalogue import catalogue
from bywalec.assistant.skills.skill import skills
from bywalec.assistant.understanding import Context, understand

NOW = datetime(2026, 3, 2, 10, 15, tzinfo=ZoneInfo("Europe/Warsaw"))


def facts(key: str = "k1") -> Facts:
    return Facts(
        scenarios=scenarios(),
        writes=frozenset({"loyalty.join"}),
        informs=frozenset({"shop.location"}),
        acts=frozenset({"order.cancel", "privacy.erase"}),
        labels={name: entry.label("pl") for name, entry in catalogue().items()},
        new_key=key,
    )


def hear(state: State, text: str, key: str = "k1") -> tuple[State, list[Decision]]:
    frame = state.current
    asked = ("confirmation" if frame.proposal else frame.asked) if frame else None
    context = Context(now=NOW, scenario=frame.skill if frame and asked else None, asked_slot=asked)
    state, decisions = step(state, Heard(text, understand(text, context)), facts(key))
    if any(isinstance(one, Check) for one in decisions):
        state, more = advance(state, facts(key))
        decisions += more
    return state, decisions


def talk(*texts: str) -> tuple[State, list[Decision]]:
    state, decisions = State(), list[Decision]()
    for number, text in enumerate(texts):
        state, decisions = hear(state, text, f"k{number}")
    return state, decisions


def kinds(decisions: list[Decision]) -> list[str]:
    return [type(one).__name__ for one in decisions]


def test_a_read_skill_is_called_at_once() -> None:
    state, decisions = talk("ile mam punktów")
    assert decisions == [Call("loyalty.balance", {})]
    assert state.frames == ()


def test_slots_are_collected_one_by_one_and_confirmed() -> None:
    state, decisions = talk("chcę kartę")
    assert decisions[-1] == Ask("loyalty.join", "phone", "loyalty.join.ask_phone")
    state, decisions = hear(state, "600700800")
    assert decisions == [Ask("loyalty.join", "name", "loyalty.join.ask_name")]
    state, decisions = hear(state, "jan kowalski", "k7")
    assert decisions == [
        Confirm("loyalty.join", {"phone": "+48600700800", "name": "Jan Kowalski"}, "loyalty.join.confirm")
    ]
    state, decisions = hear(state, "tak")
    assert decisions == [Call("loyalty.join", {"phone": "+48600700800", "name": "Jan Kowalski"}, "k7")]
    assert state.frames == ()


@pytest.mark.req("C36")
def test_a_write_is_never_called_without_the_key_of_a_proposal_the_customer_saw() -> None:
    state, decisions = talk("chcę kartę, mam na imię Ola, 600700800")
    assert kinds(decisions) == ["Check", "Confirm"]
    frame = state.current
    assert frame is not None
    assert frame.proposal is not None
    shown = frame.proposal
    changed, decisions = hear(state, "tak, ale numer 600700801", "k9")
    assert kinds(decisions) == ["Confirm"]
    _, decisions = hear(changed, "tak")
    # The key is that of the changed proposal, never of the one that the change made void.
    assert [one.key for one in decisions if isinstance(one, Call)] == ["k9"] != [shown.key]


@pytest.mark.req("C36")
def test_a_second_yes_calls_nothing() -> None:
    state, _ = talk("chcę kartę, mam na imię Ola, 600700800", "tak")
    _, decisions = hear(state, "tak")
    assert not any(isinstance(one, Call) and one.skill == "loyalty.join" for one in decisions)


@pytest.mark.parametrize("no", ["nie", "nieważne", "jednak nie chcę", "anuluj"])
def test_no_drops_what_is_open(no: str) -> None:
    state, decisions = talk("chcę kartę, mam na imię Ola, 600700800", no)
    assert state.frames == ()
    assert decisions == [Call("chat.cancel", {"dropped": "matter"})]


@pytest.mark.req("C41")
def test_one_clarifying_question_then_a_person() -> None:
    state, decisions = talk("jaka jest stolica australii")
    assert decisions == [Clarify(())]
    _, decisions = hear(state, "no stolica pytam")
    assert decisions == [HandOff("not_understood")]


@pytest.mark.req("C41")
def test_an_understood_answer_forgives_the_misunderstanding() -> None:
    state, _ = talk("jaka jest stolica australii", "ile mam punktów")
    assert state.misunderstandings == 0
    _, decisions = hear(state, "kto wygra mecz")
    assert decisions == [Clarify(())]


def test_a_choice_is_read_by_place_or_by_name() -> None:
    state = State(options=("loyalty.rewards", "shop.hours"), misunderstandings=1)
    assert hear(state, "to drugie")[1] == [Call("shop.hours", {"question": "to drugie"})]
    assert hear(state, "nagrody")[1][0] == Call("loyalty.rewards", {})


def test_a_person_is_asked_for_whatever_is_open() -> None:
    for before in ([], ["chcę kartę"], ["chcę kartę, 600700800"], ["jaka jest stolica australii"]):
        _, decisions = talk(*before, "chcę rozmawiać z człowiekiem")
        assert decisions[-1] == HandOff("customer_asked")


def test_what_is_not_implemented_goes_to_a_person_after_the_rest() -> None:
    _, decisions = talk("ile mam punktów? i anulujcie zamówienie 10234")
    assert decisions == [Call("loyalty.balance", {}), HandOff("beyond_skills", "order.cancel")]


def test_what_only_informs_is_tried_in_the_knowledge_base_first() -> None:
    _, decisions = talk("gdzie macie sklep")
    [call] = decisions
    assert isinstance(call, Call)
    assert call.skill == "faq.answer"
    assert call.otherwise == HandOff("beyond_skills", "shop.location")


def test_an_elliptic_question_repeats_the_last_one_with_the_new_value() -> None:
    _, decisions = talk("do której jutro otwarte", "a w sobotę?")
    [call] = decisions
    assert isinstance(call, Call)
    assert call.skill == "shop.hours"
    assert call.slots["day"] == "2026-03-07"


def test_three_bad_answers_bring_a_person() -> None:
    _, decisions = talk("chcę kartę", "mhm", "bla", "nie wiem co")
    assert decisions == [HandOff("not_understood", "loyalty.join")]


def test_the_stack_has_a_limit() -> None:
    state = State()
    for number in range(FRAMES_MAX + 3):
        state = state.pushed(Frame(f"skill.{number}"))
    assert len(state.frames) == FRAMES_MAX


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("chcę kartę", "600700800", "600700801", "Ola", "tak", "nie", "ile mam punktów", "od nowa"),
                *("powtórz", "nieważne", "pogoda", "a w sobotę?", "otwarte jutro?", "karta", "", "😀"),
            ]
        ),
        max_size=9,
    )
)
@pytest.mark.req("C36")
def test_no_talk_leads_to_a_write_that_was_not_proposed(texts: list[str]) -> None:
    state = State()
    proposed: dict[str, object] = {}
    acted: list[str] = []
    for number, text in enumerate(texts):
        state, decisions = hear(state, text, f"k{number}")
        for one in decisions:
            if isinstance(one, Call) and one.skill == "loyalty.join":
                assert one.key is not None
                assert proposed[one.key] == one.slots
                acted.append(one.key)
        if state.current is not None and state.current.proposal is not None:
            proposed[state.current.proposal.key] = state.current.proposal.slots
        # The state survives being stored.
        assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state
    assert len(acted) == len(set(acted))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jan kowalski", "Jan Kowalski"),
        ("Anna-Maria Nowak", "Anna-Maria Nowak"),
        ("Ola.", "Ola"),
        ("O'Brien", "O'Brien"),
        ("12", None),
        ("nie wiem", None),
        ("po co wam to", None),
        ("a" * 200, None),
        ("tak", None),
    ],
)
def test_a_bare_name(text: str, name: str | None) -> None:
    assert bare_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("nazywam się Jan Kowalski", "Jan Kowalski"),
        ("mam na imię ola, numer 600", "Ola"),
        ("nie Jan, tylko Anna", "Anna"),
        ("my name is John Smith", "John Smith"),
        ("chcę kartę", None),
        ("jestem w sklepie", None),
    ],
)
def test_an_introduced_name(text: str, name: str | None) -> None:
    assert introduced_name(text) == name


def test_a_choice_by_words_of_its_name() -> None:
    shops = {"a": "Zakwas Ochota", "b": "Zakwas Bielany"}
    assert chosen("ten na bielanach", shops) == "b"
    assert chosen("pierwszy", shops) == "a"
    assert chosen("zakwas", shops) is None


def test_every_skill_has_a_scenario_whose_slots_are_its_request() -> None:
    assert set(scenarios()) == set(skills())
    for name, skill in skills().items():
        fields = set(skill.request.__struct_fields__)
        collected = {collect.slot for collect in scenarios()[name].collects}
        assert collected <= fields, name
        assert skill.writes == any(type(one).__name__ == "Confirmation" for one in scenarios()[name].steps), name


def test_the_schema_refuses_what_is_no_scenario() -> None:
    assert schema()["$ref"] == "#/$defs/Scenario"
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"skill": "a", "version": 1, "steps": [{"do": "dance"}]}, Scenario)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"skill": "a", "version": 1, "steps": [], "extra": 1}, Scenario)
