"""The invented year: repeatable, within opening hours, every receipt one that a till could send."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest

from bywalec.cli.demo.faq import read_faq
from bywalec.cli.demo.goods import Shelves, read_shelves
from bywalec.cli.demo.habits import read_habits
from bywalec.cli.demo.people import WARSAW, Person, invent_people
from bywalec.cli.demo.points import earned
from bywalec.cli.demo.shop import easter, read_shop
from bywalec.cli.demo.year import Visit, World, tell_year
from bywalec.customers.rules.contact import normalise_phone
from bywalec.store.rules.purchase import MemberReference, PurchaseDraft, check_purchase, line_total

UNTIL = datetime(2026, 11, 21, 17, 30, tzinfo=WARSAW)
FIRST_DAY = date(2025, 11, 21)
_ANY = UUID(int=1)


def invent(seed: int, count: int = 300, until: datetime = UNTIL) -> tuple[World, list[Visit]]:
    chance = Random(seed)
    shelves, habits = read_shelves(), read_habits()
    people = invent_people(
        chance, count=count, first_day=FIRST_DAY, last_day=until.date(), habits=habits, shelves=shelves
    )
    world = World(read_shop(), shelves, habits, people)
    return world, list(tell_year(chance, world, first_day=FIRST_DAY, until=until))


@pytest.fixture(scope="module")
def told() -> tuple[World, list[Visit]]:
    return invent(7)


def test_a_year_has_the_asked_members_and_some_13_000_receipts(told: tuple[World, list[Visit]]) -> None:
    world, visits = told
    assert len(world.people) == 300
    assert 12_000 <= len(visits) <= 15_000
    assert 110 <= len(world.shelves.products) <= 135
    assert len(read_faq()) >= 25


def test_the_same_seed_and_end_tell_the_same_story_and_another_seed_another_one() -> None:
    until = FIRST_DAY + timedelta(days=40)
    end = datetime(until.year, until.month, until.day, 20, 0, tzinfo=WARSAW)
    assert invent(7, 20, end) == invent(7, 20, end)
    assert invent(7, 20, end)[1] != invent(8, 20, end)[1]


def test_visits_come_in_order_while_the_shop_is_open_and_none_from_the_future(
    told: tuple[World, list[Visit]],
) -> None:
    world, visits = told
    specials = {special.day: special.interval for special in world.shop.specials_between(FIRST_DAY, UNTIL.date())}
    assert all(earlier.at <= later.at for earlier, later in pairwise(visits))
    assert visits[-1].at <= UNTIL
    for visit in visits:
        interval = specials.get(visit.at.date(), world.shop.week[visit.at.isoweekday()])
        assert interval is not None
        assert interval[0] <= visit.at.hour * 60 + visit.at.minute < interval[1]


def test_every_receipt_is_one_that_the_store_accepts(told: tuple[World, list[Visit]]) -> None:
    world, visits = told
    for visit in visits:
        check_purchase(_draft(visit), currency="PLN", now=UNTIL, source="import")
        assert visit.points == (earned(visit.lines, world.shop.programme, world.shelves) if visit.person else 0)


@pytest.mark.req("L24")
def test_the_story_holds_the_receipts_that_are_awkward(told: tuple[World, list[Visit]]) -> None:
    _, visits = told
    seen = Counter[str]()
    for visit in visits:
        total = sum(map(line_total, visit.lines))
        seen["nothing to pay"] += total == 0
        seen["packaging or goods back"] += any(line.quantity < 0 for line in visit.lines)
        seen["weighed"] += any(line.quantity % 1 for line in visit.lines)
        seen["discount"] += any(line.discount for line in visit.lines)
        seen["no member"] += visit.shown == "nothing"
        seen["by phone"] += visit.shown == "phone"
        seen["unknown card"] += visit.shown == "forgotten"
        seen["reward"] += visit.reward is not None
        seen["deposit"] += any(line.category == "Kaucja" for line in visit.lines)
        assert total >= 0
    assert min(seen.values()) >= 5, seen


def test_nobody_spends_points_they_do_not_have(told: tuple[World, list[Visit]]) -> None:
    points = Counter[int]()
    for visit in told[1]:
        if visit.person is not None:
            points[visit.person.number] -= visit.reward.points if visit.reward else 0
            assert points[visit.person.number] >= 0
            points[visit.person.number] += visit.points


def test_people_have_their_own_numbers_which_no_person_answers(told: tuple[World, list[Visit]]) -> None:
    people: list[Person] = list(told[0].people)
    phones = {normalise_phone(person.phone) for person in people}
    emails = [person.email for person in people if person.email]
    assert len(phones) == len({person.name for person in people}) == len(people)
    assert all(phone.startswith("+482120") for phone in phones)
    assert len(set(emails)) == len(emails)
    assert all(email.endswith("@example.com") and email.isascii() for email in emails)


def test_the_rhythm_is_that_of_a_neighbourhood_shop(told: tuple[World, list[Visit]]) -> None:
    visits = told[1]
    weekdays = Counter(visit.at.weekday() for visit in visits)
    hours = Counter(visit.at.hour for visit in visits)
    days = Counter(visit.at.date() for visit in visits)
    assert weekdays[4] == max(weekdays.values())
    assert weekdays[6] == min(weekdays.values())
    assert hours[8] > hours[11] > hours[13] < hours[17]
    assert date(2025, 12, 25) not in days
    assert days[date(2025, 12, 23)] > days[date(2025, 12, 9)]
    assert _doughnuts(visits, easter(2026) - timedelta(days=52)) > 3 * _doughnuts(visits, date(2026, 2, 19))


def test_easter_is_computed_right() -> None:
    assert [easter(year) for year in (2000, 2024, 2025, 2026, 2038)] == [
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]


def test_categories_of_the_habits_are_on_the_shelves() -> None:
    shelves: Shelves = read_shelves()
    for kind in read_habits().kinds.values():
        assert set(kind.categories) <= set(shelves.by_category)


def _doughnuts(visits: list[Visit], day: date) -> int:
    return sum(
        int(line.quantity)
        for visit in visits
        if visit.at.date() == day
        for line in visit.lines
        if line.name.startswith("Pączek")
    )


def _draft(visit: Visit) -> PurchaseDraft:
    reference = MemberReference("phone", visit.person.phone) if visit.person else None
    return PurchaseDraft(
        shop=_ANY,
        till=_ANY,
        receipt_number=str(visit.number),
        business_date=visit.at.date(),
        occurred_at=visit.at,
        currency="PLN",
        total=sum(map(line_total, visit.lines)),
        lines=visit.lines,
        member_reference=reference,
    )
