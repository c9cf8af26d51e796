"""From received messages to one answer: never twice, never over a person, never silence."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connections

from bywalec.assistant.actions.answer import answer_conversation
from bywalec.assistant.reactions import answer_left_over
from bywalec.assistant.skills.skill import Registry, Situation, SkillResult, skills
from bywalec.assistant.understanding import Context, Understanding, understand
from bywalec.foundation import clock, tenancy
from bywalec.inbox.actions import staff
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.handoffs import current_handoff
from bywalec.inbox.rules.kinds import ConversationStatus
from bywalec.loyalty.queries import members
from tests.assistant.conftest import Customer, Meet


def status(customer: Customer) -> ConversationStatus:
    with tenancy.reading(customer.world.organization):
        return conversation(customer.talk.id).status


def with_skill(name: str, call: Callable[..., SkillResult]) -> Registry:
    """All skills, one of them replaced."""
    return {**skills(), name: replace(skills()[name], call=call)}


def fails(slots: object, situation: Situation) -> SkillResult:
    raise ZeroDivisionError("a bug in a skill")


@pytest.mark.req("C26")
def test_a_skill_that_raises_brings_one_clear_sentence_and_a_person(meet: Meet) -> None:
    customer = meet()
    customer.writes("o której zamykacie?")
    [notice] = customer.gets(registry=with_skill("shop.hours", fails))
    assert notice.text.startswith("Przepraszam, coś się u nas zacięło.")
    assert "Teraz przekazuję Twoje zgłoszenie konsultantowi" in notice.text
    assert status(customer) is ConversationStatus.OPEN
    with tenancy.reading(customer.world.organization):
        handoff = current_handoff(customer.talk.id)
    assert handoff is not None
    assert (handoff.reason, "o której zamykacie" in handoff.summary) == ("failure", True)


@pytest.mark.req("C26")
def test_when_understanding_is_down_a_person_is_reached(meet: Meet) -> None:
    def down(text: str, context: Context) -> Understanding:
        raise RuntimeError("no classifier")

    customer = meet()
    customer.writes("chcę człowieka, pesel 44051401359")
    [notice] = customer.gets(understand=down)
    assert "Teraz przekazuję Twoje zgłoszenie konsultantowi" in notice.text
    assert status(customer) is ConversationStatus.OPEN
    with tenancy.reading(customer.world.organization):
        handoff = current_handoff(customer.talk.id)
    assert handoff is not None
    assert "chcę człowieka, pesel [pesel]" in handoff.summary


def test_a_failed_skill_does_not_keep_the_rest_from_being_answered(meet: Meet) -> None:
    customer = meet("ola")
    customer.writes("ile mam punktów i o której dziś zamykacie?")
    said = [message.text for message in customer.gets(registry=with_skill("loyalty.balance", fails))]
    assert any("21:00" in text for text in said)
    assert customer.outcomes[-1].status == "handed_off"


@pytest.mark.req("C18")
def test_a_draft_is_discarded_when_a_person_took_over_meanwhile(meet: Meet) -> None:
    customer = meet()

    def thinking(text: str, context: Context) -> Understanding:
        with tenancy.scope(customer.world.organization):
            if status_of(customer) is ConversationStatus.PENDING:
                staff.take_over(conversation_id=customer.talk.id, staff_id=customer.world.staff)
        return understand(text, context)

    customer.writes("o której zamykacie?")
    assert customer.gets(understand=thinking) == []
    assert status(customer) is ConversationStatus.OPEN


def status_of(customer: Customer) -> ConversationStatus:
    return conversation(customer.talk.id).status


@pytest.mark.req("C18")
def test_undisturbed_the_same_draft_is_sent(meet: Meet) -> None:
    """The negative control: only the person who took over kept the draft back."""
    customer = meet()
    customer.writes("o której zamykacie?")
    assert len(customer.gets(understand=understand)) == 1


@pytest.mark.req("C19")
def test_a_burst_gets_one_answer_that_uses_the_correction(meet: Meet) -> None:
    customer = meet()
    customer.writes("czy jutro otwarte", "sorki", "znaczy w niedzielę")
    [reply] = customer.gets()
    assert "8\u00a0marca" in reply.text
    assert "3\u00a0marca" not in reply.text
    assert customer.gets() == []


@pytest.mark.req("C19")
def test_messages_answered_one_by_one_would_get_several_answers(meet: Meet) -> None:
    """The negative control: the same messages, each answered before the next, get an answer each."""
    customer = meet()
    assert customer.says("czy jutro otwarte")
    assert customer.says("znaczy w niedzielę")


@pytest.mark.django_db(transaction=True)
def test_many_answerers_send_one_answer(meet: Meet) -> None:
    customer = meet()
    customer.writes("o której zamykacie?")
    at_once, outcomes = threading.Barrier(6), []

    def answers() -> None:
        try:
            with clock.frozen(datetime(2026, 3, 2, 9, 15, tzinfo=UTC)):
                at_once.wait()
                outcomes.append(answer_conversation(customer.world.organization, customer.talk.id).status)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answers) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["answered", *["nothing"] * 5]
    assert len(customer.hears()) == 1


@pytest.mark.req("C36")
@pytest.mark.django_db(transaction=True)
def test_yes_answered_by_many_enrols_once(meet: Meet) -> None:
    customer = meet()
    customer.says("chcę kartę, mam na imię Ola, 600700800")
    with tenancy.reading(customer.world.organization):
        before = members.count()
    customer.writes("tak")
    at_once = threading.Barrier(4)

    def answers() -> None:
        try:
            with clock.frozen(datetime(2026, 3, 2, 9, 15, tzinfo=UTC)):
                at_once.wait()
                answer_conversation(customer.world.organization, customer.talk.id)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answers) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with tenancy.reading(customer.world.organization):
        assert members.count() == before + 1


def test_what_a_typing_person_held_up_is_answered_later(meet: Meet) -> None:
    customer = meet()
    with tenancy.scope(customer.world.organization):
        staff.typing(conversation_id=customer.talk.id, staff_id=customer.world.staff)
    customer.writes("o której zamykacie?")
    assert customer.gets() == []
    with clock.frozen(clock.later(clock.now(), 60)):
        answer_left_over()
        assert len(customer.hears()) == 1
