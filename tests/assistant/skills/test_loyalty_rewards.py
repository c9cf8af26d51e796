"""`loyalty.rewards`: what can be had for points, and how far it is."""

from collections.abc import Callable

from bywalec.assistant.evaluation.world_file import BuiltWorld, build_world, read_world
from bywalec.assistant.grounding.values import Points, Words
from bywalec.assistant.skills.loyalty.rewards import list_rewards
from bywalec.assistant.skills.skill import Situation
from bywalec.foundation import tenancy
from bywalec.inbox.actions.conversations import open_conversation
from tests.assistant.conftest import WORLDS, Customer, Meet

FORMS = ("punkt", "punkty", "punktów")


def test_a_stranger_sees_the_rewards_and_nobodys_points(
    grocery: BuiltWorld, situation: Callable[..., Situation]
) -> None:
    nobody = situation()
    with tenancy.reading(grocery.organization):
        result = list_rewards.call({}, nobody)
    assert result.data["rewards"] == [
        {"name": Words("Kawa na wynos"), "points": Points(100, FORMS)},
        {"name": Words("Kubek"), "points": Points(300, FORMS)},
        {"name": Words("Kosz owoców"), "points": Points(900, FORMS)},
    ]


def test_a_member_sees_what_is_missing(meet: Meet) -> None:
    said = meet("ola").says("jakie są nagrody?")
    assert "Kawa na wynos: 100 punktów (masz tyle)" in said
    assert "Kubek: 300 punktów (brakuje: 78 punktów)" in said


def test_a_shop_without_a_programme_says_so(db: None, monday_morning: object) -> None:
    world = build_world(read_world(WORLDS / "chain.yaml"))
    with tenancy.scope(world.organization):
        talk = open_conversation(inbox_id=world.inbox)
    assert "Nie mamy teraz nagród" in Customer(world, talk).says("co za punkty można dostać")
