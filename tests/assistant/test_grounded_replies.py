"""What the customer reads: grounded in evidence, honest about the bot, with real hours, nothing sensitive."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bywalec.assistant.actions import speaking
from bywalec.assistant.grounding import Grounded
from bywalec.assistant.grounding.values import Code, Points
from bywalec.assistant.queries.dialogue import dialogue_state
from bywalec.assistant.skills.skill import Registry, Situation, SkillResult, skills
from bywalec.foundation import clock, tenancy
from bywalec.inbox.models import Message
from bywalec.inbox.queries.handoffs import current_handoff
from tests.assistant.conftest import Meet

FORMS = ("punkt", "punkty", "punktów")


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


@pytest.mark.req("C31")
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
    customer.writes("do której otwarte? i konsultanta poproszę")
    answer, notice = customer.gets()
    assert answer.evidence["source"] == notice.evidence["source"] == "store.hours"


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
    customer.says("mój pesel to 44051401359, do której otwarte?")
    customer.says("pytanie: moja karta to 4111 1111 1111 1111, pesel 44051401359, o której zamykacie? i konsultanta")
    with tenancy.reading(customer.world.organization):
        handoff = current_handoff(customer.talk.id)
        state = dialogue_state(customer.talk.id)
    assert handoff is not None
    for held in (handoff.summary, str(handoff.facts), str(handoff.slots), str(state)):
        assert "4111" not in held
        assert "44051401359" not in held
