"""Loading the demo: everything arrives, nothing twice, an interruption is made good, a contradiction is noticed."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bywalec.assistant.queries.knowledge import entries
from bywalec.cli.demo.faq import read_faq
from bywalec.cli.demo.goods import read_shelves
from bywalec.cli.demo.loading.ledger import StoryContradicted, set_up_programme
from bywalec.cli.demo.loading.load import LATELY_DAYS, FolderInUse, begin, load, tell
from bywalec.cli.demo.loading.place import found_organization
from bywalec.cli.demo.loading.talks import Talks
from bywalec.cli.demo.notes import Notes, read_notes
from bywalec.cli.demo.people import WARSAW
from bywalec.cli.demo.shop import read_shop
from bywalec.customers.queries import people
from bywalec.foundation import api_keys, queries, tenancy
from bywalec.foundation.administration import create_organization
from bywalec.foundation.messaging import outbox
from bywalec.foundation.text import fold
from bywalec.inbox.queries.messages import messages
from bywalec.inbox.queries.queue import QueueFilter, QueueLine, View, queue
from bywalec.inbox.rules.kinds import ConversationStatus
from bywalec.loyalty.queries import members
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.rules.documents import ALWAYS_EXCLUDED
from bywalec.store.queries.hours import opening_days
from bywalec.store.queries.products import products_by_sku
from bywalec.store.queries.purchases import recent
from tests.demo.conftest import DAYS, MEMBERS, Watcher

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_demo_is_loaded_whole(small_demo: Notes, tmp_path: Path) -> None:
    notes = small_demo
    assert notes.complete
    assert notes.organization is not None
    assert notes.keys is not None
    assert read_notes(tmp_path) == notes
    assert (tmp_path / "demo.json").stat().st_mode & 0o077 == 0
    assert api_keys.authenticate(notes.keys.till).till is not None
    world, visits = tell(notes)
    with tenancy.reading(notes.organization):
        assert members.count() == MEMBERS
        assert _receipts() == {f"{visit.number:06d}" for visit in visits}
        assert [who.role for who in queries.staff()] == ["consultant", "cashier", "owner"]
        assert len(entries()) == 2 * len(read_faq())
        assert len(products_by_sku(list(world.shelves.by_sku))) == len(world.shelves.by_sku)
    assert all(len(who.password) >= 10 for who in notes.staff)
    assert len({who.password for who in notes.staff}) == len(notes.staff)


def test_everybody_has_the_points_that_the_story_gives_them(small_demo: Notes) -> None:
    world, visits = tell(small_demo)
    assert small_demo.organization is not None
    points = Counter[int]()
    for visit in visits:
        if visit.person is not None:
            points[visit.person.number] += visit.points - (visit.reward.points if visit.reward else 0)
    with tenancy.reading(small_demo.organization):
        for person in world.people:
            member = members.lookup(card=person.card)
            assert balance(member.id)[0].spendable == points[person.number]
            customer = people.customer(member.customer_id)
            assert customer.name == person.name
            assert member.enrolled_at.astimezone(WARSAW).date() == person.joined.date()
    assert sum(points.values()) > 100


def test_the_shop_is_open_when_the_story_says_so(small_demo: Notes) -> None:
    assert small_demo.organization is not None
    shop, last = read_shop(), small_demo.until.date() + timedelta(days=365)
    first = small_demo.until.date() - timedelta(days=DAYS)
    specials = {special.day: special.interval for special in shop.specials_between(first, last)}
    with tenancy.reading(small_demo.organization):
        days = opening_days(queries.shops()[0].id, first, last)
    for day in days:
        expected = specials.get(day.day, shop.week[day.day.isoweekday()])
        seen = [(interval.opens_minute, interval.closes_minute) for interval in day.intervals]
        assert seen == ([expected] if expected else []), day.day


def test_new_members_find_their_welcome_waiting_to_be_sent(small_demo: Notes) -> None:
    assert small_demo.organization is not None
    world, _ = tell(small_demo)
    lately = small_demo.until - timedelta(days=LATELY_DAYS)
    welcomed = {person.phone: person for person in world.people if person.agrees_sms and person.joined > lately}
    with tenancy.reading(small_demo.organization):
        waiting = outbox(limit=200)
    assert len(welcomed) > 3
    assert {message.address for message in waiting} == set(welcomed)
    assert all(welcomed[message.address].card in message.text for message in waiting)


def test_three_talks_are_under_way_in_three_states(small_demo: Notes) -> None:
    assert small_demo.organization is not None
    with tenancy.reading(small_demo.organization):
        lines = queue(QueueFilter(View.ALL))
    assert len(lines) == 3
    waits = _one(lines, lambda line: line.status is ConversationStatus.OPEN and line.assigned is None)
    handled = _one(lines, lambda line: line.assigned is not None)
    bots = _one(lines, lambda line: line.status is ConversationStatus.PENDING)
    assert waits.handoff_reason
    assert handled.assigned is not None
    assert handled.assigned.name.startswith("Ania")
    assert bots.last_message is not None
    assert "kaucji" in bots.last_message.text


def test_an_interrupted_load_goes_on_where_it_stopped(transactional_db: None, tmp_path: Path) -> None:
    begun = begin(tmp_path, members=MEMBERS, days=DAYS)
    with pytest.raises(KeyboardInterrupt):
        load(tmp_path, begun, Watcher(stop_after=1))
    left = read_notes(tmp_path)
    assert left is not None
    assert not left.complete
    notes = load(tmp_path, left, Watcher())
    assert (notes.until, notes.organization, notes.keys) == (begun.until, left.organization, left.keys)
    assert notes.organization is not None
    _, visits = tell(notes)
    with tenancy.reading(notes.organization):
        assert members.count() == MEMBERS
        assert _receipts() == {f"{visit.number:06d}" for visit in visits}
        assert len(queue(QueueFilter(View.ALL))) == 3


def test_a_talk_that_was_interrupted_is_finished_and_nothing_is_said_twice(small_demo: Notes, tmp_path: Path) -> None:
    assert small_demo.organization is not None
    with tenancy.reading(small_demo.organization):
        said = {talk: [message.text for message in messages(talk)] for talk in small_demo.talks}
    assert [len(texts) for texts in said.values()] == [8, 6, 3]
    load(tmp_path, small_demo, Watcher())
    talks = Talks(small_demo, small_demo.until)
    again = talks.open(0)
    load(tmp_path, msgspec.structs.replace(small_demo, talks=(again, *small_demo.talks[1:])), Watcher())
    with tenancy.reading(small_demo.organization):
        for talk, texts in said.items():
            assert [message.text for message in messages(talk)] == texts
        assert sorted(message.text for message in messages(again)) == sorted(said[small_demo.talks[0]])


def test_loading_again_changes_nothing(small_demo: Notes, tmp_path: Path) -> None:
    assert small_demo.organization is not None
    with tenancy.reading(small_demo.organization):
        before = _receipts(), [balance(one.member) for one in small_demo.regulars]
    assert load(tmp_path, small_demo, Watcher()) == small_demo
    with tenancy.reading(small_demo.organization):
        assert (_receipts(), [balance(one.member) for one in small_demo.regulars]) == before


def test_a_ledger_that_gives_other_points_than_the_story_stops_the_load(transactional_db: None, tmp_path: Path) -> None:
    notes = begin(tmp_path, members=MEMBERS, days=DAYS)
    generous = msgspec.structs.replace(read_shop().programme, per_amount=500)
    first = datetime.combine(notes.until.date() - timedelta(days=DAYS), datetime.min.time(), WARSAW)
    with tenancy.scope(found_organization(read_shop())):
        set_up_programme(generous, since=first)
    with pytest.raises(StoryContradicted, match="points instead of"):
        load(tmp_path, notes, Watcher())


def test_the_demo_does_not_move_in_with_a_real_shop(transactional_db: None, tmp_path: Path) -> None:
    create_organization(slug="prawdziwy", name="Prawdziwy sklep")
    with pytest.raises(FolderInUse, match="Prawdziwy sklep"):
        begin(tmp_path)
    assert read_notes(tmp_path) is None


@pytest.mark.req("L23")
def test_what_the_demo_calls_excluded_is_excluded_by_the_programme() -> None:
    never = {fold(category) for category in ALWAYS_EXCLUDED}
    assert {fold(category) for category in read_shelves().excluded} <= never


def _receipts() -> set[str]:
    found: set[str] = set()
    page = recent(200)
    while page:
        found |= {purchase.receipt_number for purchase in page}
        page = recent(200, before=page[-1].id)
    return found


def _one(lines: Sequence[QueueLine], wanted: Callable[[QueueLine], bool]) -> QueueLine:
    [found] = [line for line in lines if wanted(line)]
    return found
