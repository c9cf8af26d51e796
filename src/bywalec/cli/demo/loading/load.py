"""Loading the demo from beginning to end; an interrupted load goes on with the same story where it stopped."""

from collections import Counter as Tally
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Protocol

import msgspec

from bywalec.cli.demo.faq import read_faq
from bywalec.cli.demo.goods import read_shelves
from bywalec.cli.demo.habits import read_habits
from bywalec.cli.demo.loading.counter import open_counter
from bywalec.cli.demo.loading.knowledge import teach
from bywalec.cli.demo.loading.ledger import Counter, set_up_programme, till_actor
from bywalec.cli.demo.loading.members import Withdrawals, join, withdraw
from bywalec.cli.demo.loading.place import Place, employ, fill_shelves, found_organization, open_shop
from bywalec.cli.demo.loading.portions import Portion, portions
from bywalec.cli.demo.loading.talks import Talks
from bywalec.cli.demo.notes import Notes, Regular, RewardNote, SignIn, write_notes
from bywalec.cli.demo.people import WARSAW, invent_people
from bywalec.cli.demo.shop import read_shop
from bywalec.cli.demo.year import Visit, World, tell_year
from bywalec.cli.language import _
from bywalec.foundation import api_keys, chance, clock, queries, tenancy
from bywalec.foundation.errors import Conflict
from bywalec.foundation.ids import secret
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.queries.rewards import RewardInfo
from bywalec.store.queries.hours import is_open

SEED = 7
MEMBERS = 300
DAYS = 365
HOURS_KNOWN_AHEAD_DAYS = 400
PASSWORD_BYTES = 9
REGULARS_MAX = 40
LATELY_DAYS = 28


class FolderInUse(Conflict):
    """The data folder, or the database, holds a shop that is not the demo's."""

    code = "demo.folder_in_use"


class Progress(Protocol):
    """Is told how far the load is."""

    def at(self, done: int, of: int) -> None:
        """Note that so many of so many receipts are loaded."""


def begin(folder: Path, *, members: int = MEMBERS, days: int = DAYS, seed: int = SEED) -> Notes:
    """Write the notes of a new story that ends now, and return them.

    Raises:
        FolderInUse: there is another shop's data.
    """
    shop = read_shop()
    others = [one.name for one in queries.organizations() if one.slug != shop.organization.slug]
    if others:
        raise FolderInUse(
            _("The demo does not move in with “{name}”.").format(name=others[0]),
            remedy=_("Choose an empty folder with --data."),
        )
    staff = tuple(
        SignIn(email=who.email, name=who.name, role=who.role, password=secret(PASSWORD_BYTES)) for who in shop.staff
    )
    until = clock.now().astimezone(WARSAW).replace(microsecond=0)
    return write_notes(folder, Notes(seed=seed, members=members, days=days, until=until, staff=staff))


def load(folder: Path, notes: Notes, progress: Progress) -> Notes:
    """Load the story that the notes describe and return the completed notes.

    Args:
        folder: where the notes lie.
        notes: of this story, possibly of a load that was interrupted.
        progress: is told how far it is.

    Raises:
        StoryContradicted: the ledger did something else than the story says.
    """
    return _Load(folder, notes, progress).run()


def tell(notes: Notes) -> tuple[World, list[Visit]]:
    """Return the world and all visits of a story; the same notes tell the same story."""
    shelves, habits = read_shelves(), read_habits()
    last_day = notes.until.astimezone(WARSAW).date()
    first_day = last_day - timedelta(days=notes.days)
    with chance.seeded(notes.seed) as source:
        people = invent_people(
            source, count=notes.members, first_day=first_day, last_day=last_day, habits=habits, shelves=shelves
        )
        world = World(read_shop(), shelves, habits, people)
        return world, list(tell_year(source, world, first_day=first_day, until=notes.until))


class _Load:
    def __init__(self, folder: Path, notes: Notes, progress: Progress) -> None:
        self._folder = folder
        self._notes = notes
        self._progress = progress
        self._world, self._visits = tell(notes)
        self._members: dict[int, MemberInfo] = {}

    def run(self) -> Notes:
        last_day = self._notes.until.astimezone(WARSAW).date()
        opening = datetime.combine(last_day - timedelta(days=self._notes.days), time(), WARSAW)
        with clock.frozen(opening):
            place = self._found(opening)
            rewards = self._offer(place, opening)
            teach(place.organization, read_faq())
        self._live_through(place, rewards)
        self._note(regulars=self._regulars())
        self._hold_talks(Talks(self._notes, self._last_open(place)))
        return self._note(complete=True)

    def _found(self, opening: datetime) -> Place:
        shop, notes = self._world.shop, self._notes
        organization = found_organization(shop)
        known_until = notes.until.date() + timedelta(days=HOURS_KNOWN_AHEAD_DAYS)
        place = open_shop(organization, shop, first_day=opening.date(), last_day=known_until)
        employ(organization, notes.staff)
        fill_shelves(organization, self._world.shelves)
        if notes.keys is None:
            self._note(organization=organization, keys=open_counter(place, shop))
        return place

    def _offer(self, place: Place, opening: datetime) -> dict[str, RewardInfo]:
        with tenancy.scope(place.organization):
            rewards = set_up_programme(self._world.shop.programme, since=opening)
        offered = rewards.values()
        self._note(rewards=tuple(RewardNote(id=one.id, name=one.name, points=one.points) for one in offered))
        return rewards

    def _live_through(self, place: Place, rewards: dict[str, RewardInfo]) -> None:
        assert self._notes.keys is not None
        key = api_keys.authenticate(self._notes.keys.till)
        counter = Counter(place, till_actor(key.id, key.name), rewards)
        withdrawals, done = Withdrawals(self._world.people), 0
        for portion in portions(self._world.people, self._visits):
            with tenancy.scope(place.organization):
                self._write(portion, counter, withdrawals)
            done += len(portion.visits)
            self._progress.at(done, len(self._visits))

    def _write(self, portion: Portion, counter: Counter, withdrawals: Withdrawals) -> None:
        lately = self._notes.until - timedelta(days=LATELY_DAYS)
        self._members |= join(portion.people, welcome=self._world.shop.programme.welcome, lately=lately)
        counter.hand_out(portion.rewards, self._members)
        counter.take_in(portion.visits)
        if portion.visits:
            for at, person in withdrawals.until(portion.visits[-1].at):
                withdraw(at, self._members[person.number].customer_id)

    def _hold_talks(self, talks: Talks) -> None:
        for number in range(len(talks)):
            if number == len(self._notes.talks):
                self._note(talks=(*self._notes.talks, talks.open(number)))
            talks.hold(number, self._notes.talks[number])

    def _last_open(self, place: Place) -> datetime:
        """Return the last moment of the story at which somebody was in the shop."""
        with tenancy.reading(place.organization):
            open_now = is_open(place.shop, self._notes.until)
        return self._notes.until if open_now or not self._visits else self._visits[-1].at

    def _regulars(self) -> tuple[Regular, ...]:
        """Return those who were here lately and have points: first who took rewards, then who came most often."""
        visits, points, took = Tally[int](), Tally[int](), set[int]()
        seen: dict[int, datetime] = {}
        for visit in self._visits:
            if visit.person is not None:
                number = visit.person.number
                visits[number] += 1
                points[number] += visit.points
                seen[number] = visit.at
                if visit.reward is not None:
                    points[number] -= visit.reward.points
                    took.add(number)
        lately = self._notes.until - timedelta(days=LATELY_DAYS)
        loyal = [number for number in visits if seen[number] > lately and points[number] > 0]
        loyal.sort(key=lambda number: (number in took, visits[number]), reverse=True)
        return tuple(self._regular(number) for number in loyal[:REGULARS_MAX])

    def _regular(self, number: int) -> Regular:
        person, member = self._world.people[number - 1], self._members[number]
        return Regular(
            member=member.id, customer=member.customer_id, name=person.name, card=person.card, phone=person.phone
        )

    def _note(self, **changes: object) -> Notes:
        self._notes = write_notes(self._folder, msgspec.structs.replace(self._notes, **changes))
        return self._notes
