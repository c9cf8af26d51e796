"""People join: they are registered, enrolled with the card they were given, and say what may be sent to them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from itertools import groupby
from uuid import UUID

from bywalec.cli.demo.people import WARSAW, Person
from bywalec.customers.actions.consents import record_consent
from bywalec.customers.actions.register import register_customers
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.customers.rules.person import NewCustomer
from bywalec.foundation import clock, messaging
from bywalec.loyalty.actions.members import NewMember, enrol_many
from bywalec.loyalty.queries.members import MemberInfo, members_by_cards

SOURCE = "till"
NOON = time(12)


def join(people: Sequence[Person], *, welcome: str, lately: datetime) -> dict[int, MemberInfo]:
    """Let people join at the counter, each on their day, and return the members by the person's number.

    Those who are members already are left as they are. Call it inside the organization's scope.

    Args:
        people: in the order of joining.
        welcome: what new members are told, with a place for ``{card}``.
        lately: from when on they are told so; an old welcome would not still wait to be sent.
    """
    present = members_by_cards([person.card for person in people])
    members = {person.number: present[person.card] for person in people if person.card in present}
    coming = [person for person in people if person.card not in present]
    for _day, group in groupby(coming, key=lambda person: person.joined.date()):
        together = list(group)
        with clock.frozen(together[-1].joined):
            members |= _enrol(together)
            for person in together:
                if person.agrees_sms and person.joined > lately:
                    _welcome(person, members[person.number].customer_id, welcome)
    return members


class Withdrawals:
    """The days on which people take their consent back.

    Args:
        people: all members.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        dated = [
            (datetime.combine(person.withdraws_marketing, NOON, WARSAW), person)
            for person in people
            if person.withdraws_marketing
        ]
        self._waiting = sorted(dated, key=lambda entry: entry[0], reverse=True)

    def until(self, moment: datetime) -> Iterator[tuple[datetime, Person]]:
        """Yield what is due up to a moment, each once."""
        while self._waiting and self._waiting[-1][0] <= moment:
            yield self._waiting.pop()


def withdraw(at: datetime, customer: UUID) -> None:
    """Take the consent to advertising by SMS back; call it inside the organization's scope."""
    with clock.frozen(at):
        record_consent(customer=customer, purpose="marketing", channel="sms", granted=False, source=SOURCE)


def _enrol(people: Sequence[Person]) -> dict[int, MemberInfo]:
    customers = register_customers([_customer(person) for person in people])
    infos = enrol_many(
        [
            NewMember(customer_id=customer.id, card=person.card)
            for person, customer in zip(people, customers, strict=True)
        ],
        source=SOURCE,
    )
    for person, info in zip(people, infos, strict=True):
        _agree(person, info.customer_id)
    return {person.number: info for person, info in zip(people, infos, strict=True)}


def _welcome(person: Person, customer: UUID, text: str) -> None:
    messaging.queue(
        subject=customer,
        channel="sms",
        address=person.phone,
        purpose="loyalty.welcome",
        text=text.format(card=person.card),
    )


def _agree(person: Person, customer: UUID) -> None:
    agreed = {"sms": person.agrees_sms, "email": person.agrees_email and person.email is not None}
    for channel, yes in agreed.items():
        if yes:
            record_consent(customer=customer, purpose="marketing", channel=channel, granted=True, source=SOURCE)


def _customer(person: Person) -> NewCustomer:
    points = [NewContactPoint("phone", person.phone, verified=True)]
    if person.email is not None:
        points.append(NewContactPoint("email", person.email))
    return NewCustomer(name=person.name, contact_points=points, language=person.language, birthday=person.birthday)
