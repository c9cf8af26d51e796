"""`human.request` and `bot.identity`: a person is always one word away, and the bot never passes for one."""

import pytest

from tests.assistant.conftest import Meet


@pytest.mark.req("C25")
def test_a_person_is_brought_in_at_once(meet: Meet) -> None:
    customer = meet()
    said = customer.says("człowiek!!!")
    assert customer.outcomes[-1].status == "handed_off"
    assert "Teraz przekazuję Twoje zgłoszenie konsultantowi" in said


@pytest.mark.req("C25")
def test_a_declined_person_is_not_brought_in(meet: Meet) -> None:
    customer = meet()
    assert customer.says("nie chcę konsultanta") == "Dobrze, zostajemy tutaj. W czym mogę pomóc?"
    assert customer.outcomes[-1].status == "answered"


@pytest.mark.req("C30", "G17")
@pytest.mark.parametrize("language", ["pl", "en", "uk"])
def test_asked_it_says_that_it_is_a_bot(meet: Meet, language: str) -> None:
    asked = {"pl": "jesteś człowiekiem?", "en": "are you human?", "uk": "ви бот?"}[language]
    denies = {"pl": "Nie jestem człowiekiem", "en": "I am not a human", "uk": "Я не людина"}[language]
    assert denies in meet(language=language).says(asked)
