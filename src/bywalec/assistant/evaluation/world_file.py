"""A seeded world for dialogue files: a shop with people, points, hours and questions, built through our actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import msgspec
import yaml

from bywalec.assistant.actions.knowledge import EntryDraft, write_entries
from bywalec.customers.actions.register import register_customer
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation import clock, tenancy
from bywalec.foundation.administration import add_staff, create_organization, create_shop, create_till
from bywalec.foundation.ids import new_id
from bywalec.foundation.staff import Role
from bywalec.inbox.actions.inboxes import create_inbox
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.actions.programme import NewReward, set_up
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.requests import Accept
from bywalec.loyalty.rules.documents import PointsPerAmount
from bywalec.store.actions.catalogue import set_hours, set_special_day
from bywalec.store.rules.purchase import LineDraft, MemberReference, PurchaseDraft

Interval = tuple[int, int]


class SpecialDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day that differs; no hours: closed."""

    day: date
    hours: str = ""
    note: str = ""


class ShopPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A shop; `hours` by ISO weekday, such as "6:00-21:00"."""

    code: str
    name: str
    hours: dict[int, str] = {}
    street: str = ""
    city: str = ""
    open_on_all_sundays: bool = False
    special: tuple[SpecialDay, ...] = ()


class RewardPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reward."""

    code: str
    name: str
    points: int


class ProgrammePlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The programme: a point for each `per` grosze; `worth` is (points, grosze)."""

    name: str
    per: int = 100
    worth: tuple[int, int] | None = None
    validity_months: int | None = None
    rewards: tuple[RewardPlan, ...] = ()


class PersonPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A customer; `spent` grosze make points when a member."""

    name: str
    phone: str
    member: bool = True
    spent: int = 0


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question and its answer in one language."""

    title: str
    answer: str
    phrasings: tuple[str, ...] = ()


class WorldPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole world."""

    organization: str
    shops: tuple[ShopPlan, ...]
    bot: str = "Bywalec"
    programme: ProgrammePlan | None = None
    customers: dict[str, PersonPlan] = {}
    faq: dict[str, dict[str, Wording]] = {}


@dataclass(frozen=True, slots=True)
class BuiltWorld:
    """A world that stands.

    Args:
        organization: the tenant.
        inbox: the widget's inbox.
        staff: a consultant.
        customers: customer ids by the name in the plan.
    """

    organization: UUID
    inbox: UUID
    staff: UUID
    customers: Mapping[str, UUID]


def read_world(path: Path) -> WorldPlan:
    """Read a world.

    Raises:
        msgspec.ValidationError: it does not fit the schema.
    """
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), WorldPlan, strict=False)


def build_world(plan: WorldPlan) -> BuiltWorld:
    """Build a world as a tenant of its own; call it outside any scope."""
    slug = f"world-{new_id().hex}"
    organization = create_organization(slug=slug, name=plan.organization)
    with tenancy.scope(organization.id):
        shops = [_build_shop(shop) for shop in plan.shops]
        till = create_till(shop=shops[0], code="1", name="Kasa 1")
        if plan.programme is not None:
            _build_programme(plan.programme)
        customers = {name: _build_person(person, shops[0], till) for name, person in plan.customers.items()}
        write_entries(
            drafts=[
                _entry(code, language, wording) for code, by in plan.faq.items() for language, wording in by.items()
            ]
        )
        inbox = create_inbox(name="Czat", bot_name=plan.bot)
        staff = add_staff(email=f"{slug}@example.com", name="Anna", password=None, role=Role.CONSULTANT)
    return BuiltWorld(organization.id, inbox.id, staff, customers)


def _build_shop(plan: ShopPlan) -> UUID:
    shop = create_shop(
        code=plan.code,
        name=plan.name,
        street=plan.street,
        city=plan.city,
        open_on_all_sundays=plan.open_on_all_sundays,
    )
    set_hours(shop=shop, weekly={weekday: [_interval(written)] for weekday, written in plan.hours.items()})
    for special in plan.special:
        intervals = [_interval(special.hours)] if special.hours else []
        set_special_day(shop=shop, day=special.day, intervals=intervals, note=special.note)
    return shop


def _build_programme(plan: ProgrammePlan) -> None:
    set_up(
        name=plan.name,
        rule=PointsPerAmount(per=plan.per, validity_months=plan.validity_months),
        worth=plan.worth,
        rewards=[NewReward(code=one.code, name=one.name, points=one.points) for one in plan.rewards],
        since=clock.now() - timedelta(days=30),
    )


def _build_person(plan: PersonPlan, shop: UUID, till: UUID) -> UUID:
    person = register_customer(name=plan.name, contact_points=[NewContactPoint("phone", plan.phone)])
    if plan.member:
        member = enrol(customer_id=person.id, source="till")
        if plan.spent:
            accept_purchases([Accept(draft=_receipt(plan, str(member.id), shop, till))])
    return person.id


def _receipt(plan: PersonPlan, member: str, shop: UUID, till: UUID) -> PurchaseDraft:
    bought_at: datetime = clock.now() - timedelta(hours=1)
    return PurchaseDraft(
        shop=shop,
        till=till,
        receipt_number=f"W{plan.phone[-6:]}",
        business_date=bought_at.date(),
        occurred_at=bought_at,
        currency="PLN",
        total=plan.spent,
        lines=(LineDraft(sku="1", name="Zakupy", quantity=Decimal(1), unit_price=plan.spent),),
        member_reference=MemberReference("id", member),
    )


def _entry(code: str, language: str, wording: Wording) -> EntryDraft:
    return EntryDraft(
        code=code, language=language, title=wording.title, answer=wording.answer, phrasings=wording.phrasings
    )


def _interval(written: str) -> Interval:
    opens, closes = (part.strip().split(":") for part in written.split("-"))
    return int(opens[0]) * 60 + int(opens[1]), int(closes[0]) * 60 + int(closes[1])
