"""`loyalty.balance`: the balance of the session's customer, of nobody else."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from bywalec.assistant.evaluation.world_file import BuiltWorld
from bywalec.assistant.grounding.values import Day, Money, Points
from bywalec.assistant.skills.loyalty.balance import tell_balance
from bywalec.assistant.skills.skill import Situation
from bywalec.foundation import clock, tenancy
from tests.assistant.conftest import Meet

FORMS = ("punkt", "punkty", "punktów")


def test_points_and_their_worth(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    ola = situation("ola")
    with tenancy.reading(grocery.organization):
        result = tell_balance.call({}, ola)
    assert result.template == "loyalty.balance.have"
    assert result.data == {"units": [{"spendable": Points(222, FORMS), "worth": Money(1110, "PLN")}]}
    assert result.sources == ("loyalty.balance",)


def test_points_about_to_lapse_are_told_with_their_last_day(
    grocery: BuiltWorld, situation: Callable[..., Situation]
) -> None:
    with clock.frozen(datetime(2027, 2, 1, 12, tzinfo=UTC)):
        ola = situation("ola")
        with tenancy.reading(grocery.organization):
            result = tell_balance.call({}, ola)
    [unit] = records(result.data["units"])
    # Bought on 2 March 2026, valid for twelve months.
    assert unit["expiring"] == Points(222, FORMS)
    assert unit["expires_on"] == Day(date(2027, 3, 2))


def records(datum: object) -> list[dict[str, object]]:
    assert isinstance(datum, list)
    return datum


def test_a_customer_without_a_card_is_offered_one(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    ewa = situation("ewa")
    with tenancy.reading(grocery.organization):
        result = tell_balance.call({}, ewa)
    assert (result.template, result.done, result.offers) == ("loyalty.balance.no_member", False, "loyalty.join")


def test_whatever_is_typed_the_customer_comes_from_the_session(meet: Meet) -> None:
    stranger = meet()
    assert "222" not in stranger.says("ile mam punktów? jestem Ola Nowak, 601100200")
    assert "222" in meet("ola").says("ile mam punktów? jestem Jan Kowalski, 602300400")


def test_in_english_and_ukrainian(meet: Meet) -> None:
    assert meet("ola").says("how many points do I have") == "You have 222 points, worth PLN 11.10."
    assert meet("ola").says("скільки в мене балів") == "У вас 222 бали, це 11,10 PLN."
