"""From received messages to what the customer gets: grounded, once, never over a person, never silence."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import connections

from bywalec.assistant.actions import speaking
from bywalec.assistant.actions.answer import answer_conversation
from bywalec.assistant.actions.person import ask_for_person
from bywalec.assistant.evaluation.world_file import BuiltWorld
from bywalec.assistant.grounding import Grounded
from bywalec.assistant.grounding.values import Code, Points
from bywalec.assistant.models import DialogueState
from bywalec.assistant.queries.dialogue import dialogue_state
from bywalec.assistant.reactions import answer_left_over
from bywalec.assistant.skills.skill import Registry, Situation, SkillResult, skills
from bywalec.assistant.understanding import Context, Understanding, understand
from bywalec.foundation import clock, crypto, tenancy
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.contacts import identify
from bywalec.inbox.models import Message
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.handoffs import current_handoff
from bywalec.inbox.rules.kinds import ConversationStatus, IdentityLevel
from bywalec.loyalty.queries import members
from tests.assistant.conftest import Customer, Meet

FORMS = ("punkt", "punkty", "punktów")


def status(customer: Customer) -> ConversationStatus:
    with tenancy.reading(customer.world.organization):
        return conversation(customer.talk.id).status


def with_skill(name: str, call: Callable[..., SkillResult]) -> Registry:
    """All skills, one of them replaced."""
    return {**skills(), name: replace(skills()[name], call=call)}


def lies_in_words(slots: object, situation: Situation) -> SkillResult:
    """What a language model might say instead of the template."""
    return SkillResult(
        template="loyalty.balance.have",
        data={"units": [{"spendable": Points(120, FORMS)}]},
        wording="Masz 9 999 punktów i 50% rabatu na wszystko, gwarantuję!",
    )


def claims_too_much(slots: object, situation: Situation) -> SkillResult:
    """Says that something was done without a claim that it was."""
    return SkillResult(template="loyalty.join.done", data={"card": Code("2900-1234-5678")})


def fails(slots: object, situation: Situation) -> SkillResult:
    raise ZeroDivisionError("a bug in a skill")


# Grounding at the door


@pytest.mark.req("C31", "S10")
def test_words_that_lie_are_replaced_by_the_template(meet: Meet) -> None:
    customer = meet("ola")
    customer.writes("ile mam punktów")
    [reply] = customer.gets(registry=with_skill("loyalty.balance", lies_in_words))
    assert reply.text == "Masz 120\u00a0punktów."


@pytest.mark.req("C31")
def test_without_the_check_the_lie_would_have_been_sent(meet: Meet, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the test above: it is the check that stops the lie, nothing else."""
    monkeypatch.setattr(speaking, "check", lambda *args, **options: Grounded())
    customer = meet("ola")
    customer.writes("ile mam punktów")
    [reply] = customer.gets(registry=with_skill("loyalty.balance", lies_in_words))
    assert "9 999" in reply.text


@pytest.mark.req("C31")
def test_what_cannot_be_grounded_at_all_brings_a_person(meet: Meet) -> None:
    """A skill that says it enrolled somebody and did not: neither wording nor template may be sent."""
    customer = meet("ola")
    customer.writes("ile mam punktów")
    said = [message.text for message in customer.gets(registry=with_skill("loyalty.balance", claims_too_much))]
    assert customer.outcomes[-1].status == "handed_off"
    assert not any("gotowa" in text or "2900" in text for text in said)
    with tenancy.reading(customer.world.organization):
        handoff = current_handoff(customer.talk.id)
    assert handoff is not None
    assert handoff.reason == "ungrounded"


# Never silence


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
    customer.writes("chcę człowieka")
    [notice] = customer.gets(understand=down)
    assert "Teraz przekazuję Twoje zgłoszenie konsultantowi" in notice.text
    assert status(customer) is ConversationStatus.OPEN


def test_a_failed_skill_does_not_keep_the_rest_from_being_answered(meet: Meet) -> None:
    customer = meet("ola")
    customer.writes("ile mam punktów i o której dziś zamykacie?")
    said = [message.text for message in customer.gets(registry=with_skill("loyalty.balance", fails))]
    assert any("21:00" in text for text in said)
    assert customer.outcomes[-1].status == "handed_off"


# Once, and never over a person


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


# What the customer is told


@pytest.mark.req("C30", "G17")
def test_the_first_turn_says_that_it_is_a_bot_where_no_greeting_did(meet: Meet) -> None:
    customer = meet()
    with tenancy.scope(customer.world.organization):
        # A channel without a greeting of its own.
        Message.objects.filter(conversation_id=customer.talk.id).delete()
    first, second = customer.says("o której zamykacie?"), customer.says("a jutro?")
    assert first.startswith("Dzień dobry! Jestem automatycznym asystentem (botem) sklepu Sklep u Marka.")
    assert "21:00" in first
    assert "asystentem" not in second


@pytest.mark.req("C30", "G17")
def test_a_hand_over_in_the_first_turn_also_says_that_it_is_a_bot(meet: Meet) -> None:
    customer = meet()
    with tenancy.scope(customer.world.organization):
        Message.objects.filter(conversation_id=customer.talk.id).delete()
    assert "botem" in customer.says("konsultant")


@pytest.mark.req("C30", "G17")
def test_the_greeting_is_not_said_twice(meet: Meet) -> None:
    assert "botem" not in meet().says("o której zamykacie?")


@pytest.mark.req("C58")
def test_every_reply_keeps_its_evidence(meet: Meet) -> None:
    customer = meet("ola")
    customer.writes("ile mam punktów")
    [reply] = customer.gets()
    assert reply.skill == "loyalty.balance"
    assert reply.evidence["source"] == "loyalty.balance"
    assert reply.evidence["units"] == [{"spendable": "222\u00a0punkty", "worth": "11,10\u00a0zł"}]


@pytest.mark.req("C22")
@pytest.mark.parametrize(("hour", "told"), [(9, "Odpisze tutaj"), (22, "najbliższe otwarcie: wtorek, 3 marca, 6:00")])
def test_a_hand_over_promises_only_real_hours(meet: Meet, hour: int, told: str) -> None:
    customer = meet()
    with clock.frozen(datetime(2026, 3, 2, hour, 30, tzinfo=UTC)):
        said = customer.says("konsultant")
    assert told in said
    assert ("nikogo nie ma" in said) == (hour == 22)
    assert ("zostaw numer telefonu albo e-mail" in said) == (hour == 22)


@pytest.mark.req("C38")
def test_sensitive_numbers_reach_no_skill_no_state_and_no_summary(meet: Meet) -> None:
    customer = meet()
    customer.says("pytanie: moja karta to 4111 1111 1111 1111, pesel 44051401359, o której zamykacie? i konsultanta")
    with tenancy.reading(customer.world.organization):
        handoff = current_handoff(customer.talk.id)
        state = dialogue_state(customer.talk.id)
    assert handoff is not None
    for held in (handoff.summary, str(handoff.facts), str(handoff.slots), str(state)):
        assert "4111" not in held
        assert "44051401359" not in held


# The state of the dialogue


def test_the_state_is_sealed_under_the_contacts_key(meet: Meet) -> None:
    customer = meet()
    customer.says("chcę kartę, mam na imię Ola, 600700800")
    with tenancy.scope(customer.world.organization):
        row = DialogueState.objects.get(conversation_id=customer.talk.id)
        assert b"600700800" not in bytes(row.state_sealed)
        assert dialogue_state(customer.talk.id).frames[-1].slots["phone"] == "+48600700800"
        crypto.destroy_key(row.contact_id)
        assert dialogue_state(customer.talk.id).frames == ()


@pytest.mark.req("C24")
def test_back_with_the_bot_what_was_open_before_triggers_nothing(meet: Meet) -> None:
    customer = meet()
    customer.says("chcę kartę, mam na imię Ola, 600700800")
    with tenancy.scope(customer.world.organization):
        before = members.count()
        staff.take_over(conversation_id=customer.talk.id, staff_id=customer.world.staff)
        staff.give_back(conversation_id=customer.talk.id, staff_id=customer.world.staff)
    assert customer.gets() == []
    assert "Karta jest gotowa" not in customer.says("tak")
    with tenancy.reading(customer.world.organization):
        assert members.count() == before


@pytest.mark.req("C24")
def test_asked_for_by_the_button_a_person_also_ends_what_was_open(meet: Meet) -> None:
    customer = meet()
    customer.says("chcę kartę, mam na imię Ola, 600700800")
    with tenancy.scope(customer.world.organization):
        handoff = ask_for_person(conversation_id=customer.talk.id)
        assert handoff is not None
        assert handoff.slots["phone"] == "+48600700800"
        assert dialogue_state(customer.talk.id).frames == ()


def test_an_identity_that_ended_proves_nothing(meet: Meet) -> None:
    customer = meet("ola")
    assert "222" in customer.says("ile mam punktów")
    with clock.frozen(clock.later(clock.now(), 4_000)):
        assert "222" not in customer.says("ile mam punktów")


def test_a_customer_recognised_in_between_gets_the_answer(meet: Meet, grocery: BuiltWorld) -> None:
    customer = meet()
    assert "222" not in customer.says("ile mam punktów")
    with tenancy.scope(grocery.organization):
        identify(
            contact_id=customer.talk.contact_id,
            customer_id=grocery.customers["ola"],
            level=IdentityLevel.KNOWN,
            how="visitor_token",
            until=clock.later(clock.now(), 600),
        )
    assert "222" in customer.says("ile mam punktów")
