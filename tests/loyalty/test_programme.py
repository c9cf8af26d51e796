"""Setting up a programme and changing its rules: versions are final, the past keeps what it was promised."""

from datetime import timedelta

import pytest

from bywalec.loyalty.actions.programme import NewReward, add_version, offer_rewards, set_up
from bywalec.loyalty.errors import BadProgramme, NoProgramme
from bywalec.loyalty.models import Account, Programme, Reward, RuleVersion
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.queries.programme import load_setup, programme, require_setup
from bywalec.loyalty.rules.documents import PointsPerAmount, Policy
from tests.loyalty.conftest import NOON, Grocery, answered, later
from tests.plugins.world import World


def test_setting_up_twice_changes_nothing(grocery: Grocery) -> None:
    before = (load_setup(), Reward.objects.count(), Account.objects.count())
    set_up(name="Inny", rule=PointsPerAmount(points=7), rewards=[NewReward(code="coffee", name="Herbata", points=9)])
    assert (load_setup(), Reward.objects.count(), Account.objects.count()) == before
    assert Programme.objects.get().name == "Stały klient"


def test_without_a_programme_purchases_are_kept_and_balances_have_no_meaning(world: World) -> None:
    with world.scope():
        grocery = Grocery(world)
        with pytest.raises(NoProgramme):
            programme()
        [outcome] = grocery.accept(grocery.draft(5000))
        assert answered(outcome).purchase().points == ()
        with pytest.raises(NoProgramme):
            balance(world.shop)


def test_a_programme_in_pounds_answers_in_pounds(world: World) -> None:
    with world.scope():
        set_up(name="Regulars", currency="GBP", timezone="Europe/London", rule=PointsPerAmount(points=1, per=100))
        assert programme().currency == "GBP"
        assert require_setup().timezone == "Europe/London"


@pytest.mark.req("L49")
def test_a_change_takes_effect_at_its_time_and_never_before_now(grocery: Grocery) -> None:
    with later(hours=1):
        add_version(code="base", document=PointsPerAmount(points=3, per=1000), valid_from=NOON + timedelta(days=1))
        with pytest.raises(BadProgramme):
            add_version(code="base", document=PointsPerAmount(points=9), valid_from=NOON)
    setup = require_setup()
    points = {
        hours: [rule.document.points for rule in setup.rules_at(NOON + timedelta(hours=hours))] for hours in (0, 23, 24)
    }
    assert points == {0: [1], 23: [1], 24: [3]}
    assert list(RuleVersion.objects.filter(code="base").values_list("version", flat=True)) == [1, 2]


def test_a_rule_that_has_ended_gives_nothing(grocery: Grocery, ola: MemberInfo) -> None:
    ends = NOON + timedelta(days=1)
    add_version(code="base", document=PointsPerAmount(points=1, per=1000), valid_from=NOON, valid_to=ends)
    with later(days=2):
        answer = grocery.buy(ola, 5000)
    assert [one.rule for one in answer.refused] == ["programme"]
    assert answer.lines[0].why == "W chwili zakupu nie obowiązywała żadna reguła."


@pytest.mark.parametrize(
    "document",
    [
        PointsPerAmount(points=0),
        PointsPerAmount(per=0),
        PointsPerAmount(points=10**9),
        PointsPerAmount(unit="stamps"),
        PointsPerAmount(pending_days=-1),
        PointsPerAmount(validity_months=0),
        Policy(hold_minutes=0),
    ],
)
def test_a_rule_out_of_range_is_refused_before_it_is_saved(
    grocery: Grocery, document: PointsPerAmount | Policy
) -> None:
    with pytest.raises(BadProgramme):
        add_version(code="base", document=document, valid_from=NOON)
    assert RuleVersion.objects.count() == 2


@pytest.mark.parametrize(
    "reward", [NewReward(code="a", name="A", points=0), NewReward(code="a", name="A", points=1, stock=-1)]
)
def test_an_impossible_reward_is_refused(grocery: Grocery, reward: NewReward) -> None:
    with pytest.raises(BadProgramme):
        offer_rewards([reward])
