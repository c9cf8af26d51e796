"""Small talk: greet, thanks, bye, help, repeat, restart, cancel."""

import pytest

from bywalec.foundation import tenancy
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.rules.kinds import ConversationStatus
from tests.assistant.conftest import Customer, Meet


def status(customer: Customer) -> ConversationStatus:
    with tenancy.reading(customer.world.organization):
        return conversation(customer.talk.id).status


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("cześć", "Dzień dobry! Tu Bywalec, bot sklepu Sklep u Marka. W czym mogę pomóc?"),
        ("dziękuję bardzo", "Cieszę się, że mogę pomóc. Coś jeszcze?"),
        ("od nowa", "Zaczynamy od nowa. W czym mogę pomóc?"),
        ("nieważne", "Dobrze. Gdyby coś było potrzebne, napisz."),
        ("powtórz", "Nie mam jeszcze czego powtórzyć. W czym mogę pomóc?"),
    ],
)
def test_small_talk(meet: Meet, text: str, answer: str) -> None:
    assert meet().says(text) == answer


def test_help_tells_what_it_can_and_that_a_person_is_there(meet: Meet) -> None:
    said = meet().says("co potrafisz?")
    assert "stan punktów" in said
    assert "konsultant" in said


def test_a_goodbye_resolves_the_conversation(meet: Meet) -> None:
    customer = meet()
    customer.says("o której zamykacie?")
    assert status(customer) is ConversationStatus.PENDING
    assert customer.says("dziękuję, do widzenia") == "Do zobaczenia!"
    assert status(customer) is ConversationStatus.RESOLVED


def test_repeating_asks_the_source_again(meet: Meet) -> None:
    customer = meet("ola")
    assert customer.says("ile mam punktów") == customer.says("powtórz proszę")


def test_an_acknowledgement_starts_nothing(meet: Meet) -> None:
    customer = meet()
    customer.says("o której zamykacie?")
    assert customer.says("no dobrze") == "Dobrze. Gdyby coś było potrzebne, napisz."
