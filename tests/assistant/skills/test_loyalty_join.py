"""`loyalty.join`: a card from the chat, and no word about who has one already."""

from collections.abc import Callable

import pytest

from bywalec.assistant.evaluation.world_file import BuiltWorld
from bywalec.assistant.skills.loyalty.join import join
from bywalec.assistant.skills.skill import Situation
from bywalec.customers.queries import people
from bywalec.foundation import tenancy
from bywalec.foundation.models.audit import AuditRecord
from bywalec.loyalty.queries import members
from tests.assistant.conftest import Meet


def test_it_registers_enrols_and_tells_the_card(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    nobody = situation()
    with tenancy.scope(grocery.organization):
        result = join.call({"phone": "600 700 800", "name": "Piotr"}, nobody)
        person = people.find_by_contact("phone", "600700800")
        assert person is not None
        member = members.members_by_customer(person.id)
        assert member is not None
        notices = AuditRecord.objects.filter(action="loyalty.join", subject=member.id).values_list("data", flat=True)
    assert (person.name, member.source) == ("Piotr", "chat")
    assert result.template == "loyalty.join.done"
    assert member.card is not None
    assert member.card in str(result.data["card"])
    assert [notice["notice"] for notice in notices] == ["join-1"]


@pytest.mark.parametrize("phone", ["601100200", "603500600", "12", "nie podam"])
def test_every_obstacle_sounds_the_same(grocery: BuiltWorld, situation: Callable[..., Situation], phone: str) -> None:
    nobody = situation()
    with tenancy.scope(grocery.organization):
        before = members.count()
        result = join.call({"phone": phone, "name": "Ktoś"}, nobody)
        assert members.count() == before
    assert (result.template, result.data, result.hands_off) == ("loyalty.join.cannot", {}, "not_allowed")


def test_a_taken_number_and_a_broken_one_get_the_same_words(meet: Meet) -> None:
    """Whoever guesses numbers learns nothing: the last reply is the same for a stranger's number and a member's."""
    taken = meet()
    taken.says("chcę kartę, mam na imię Ola, 601100200")
    without_card = meet()
    without_card.says("chcę kartę, mam na imię Ola, 603500600")
    assert taken.says("tak") == without_card.says("tak")


def test_a_member_whom_the_session_knows_gets_no_second_card(
    grocery: BuiltWorld, situation: Callable[..., Situation]
) -> None:
    ola = situation("ola")
    assert join.before_collecting is not None
    with tenancy.reading(grocery.organization):
        refusal = join.before_collecting(ola)
    assert refusal is not None
    assert refusal.template == "loyalty.join.already"


def test_the_notice_on_data_stands_before_the_yes(meet: Meet) -> None:
    said = meet().says("chcę kartę, mam na imię Iza, 600700800")
    assert "Administratorem danych jest Sklep u Marka" in said
    assert "To nie jest zgoda na reklamy" in said
