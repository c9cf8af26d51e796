"""Cutting the year into transactions keeps everybody's order."""

from datetime import date, datetime, timedelta
from random import Random

from bywalec.cli.demo.goods import read_shelves
from bywalec.cli.demo.habits import read_habits
from bywalec.cli.demo.loading.portions import VISITS_MAX, Portion, portions
from bywalec.cli.demo.people import WARSAW, invent_people
from bywalec.cli.demo.shop import read_shop
from bywalec.cli.demo.year import Visit, World, tell_year

FIRST_DAY = date(2026, 1, 5)
UNTIL = datetime(2026, 5, 30, 18, 0, tzinfo=WARSAW)


def told() -> tuple[World, list[Visit], list[Portion]]:
    chance, shelves, habits = Random(3), read_shelves(), read_habits()
    people = invent_people(chance, count=60, first_day=FIRST_DAY, last_day=UNTIL.date(), habits=habits, shelves=shelves)
    world = World(read_shop(), shelves, habits, people)
    visits = list(tell_year(chance, world, first_day=FIRST_DAY, until=UNTIL))
    return world, visits, list(portions(people, visits))


def test_every_visit_and_every_person_is_in_one_portion_in_order() -> None:
    world, visits, cut = told()
    assert [visit for portion in cut for visit in portion.visits] == visits
    assert [person for portion in cut for person in portion.people] == list(world.people)
    assert max(len(portion.visits) for portion in cut) <= VISITS_MAX


def test_people_have_joined_before_their_first_receipt() -> None:
    _, visits, cut = told()
    known: set[int] = set()
    for portion in cut:
        known |= {person.number for person in portion.people}
        assert {visit.person.number for visit in portion.visits if visit.person} <= known
    assert len(visits) > 500


def test_a_reward_may_come_first_because_its_taker_has_no_earlier_receipt_in_the_portion() -> None:
    _, _, cut = told()
    rewards = 0
    for portion in cut:
        seen: set[int] = set()
        for visit in portion.visits:
            if visit.person is None:
                continue
            if visit.reward is not None:
                rewards += 1
                assert visit.person.number not in seen
            seen.add(visit.person.number)
    assert rewards > 10


def test_nobody_waits_for_a_visit_to_join() -> None:
    world, visits, _ = told()
    early = [visit for visit in visits if visit.at < datetime.combine(FIRST_DAY, UNTIL.time(), WARSAW) + timedelta(7)]
    cut = list(portions(world.people, early))
    assert [person for portion in cut for person in portion.people] == list(world.people)
