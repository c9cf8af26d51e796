"""A day in Marek's shop for the console's browser tests: people, receipts, rewards, conversations of every kind."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from bywalec.customers.actions.consents import record_consent
from bywalec.customers.actions.register import register_customer
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation import api_keys, clock, messaging
from bywalec.foundation.administration import add_staff, update_organization
from bywalec.foundation.staff import Role
from bywalec.inbox.actions import staff as desk
from bywalec.inbox.actions.contacts import identify
from bywalec.inbox.actions.conversations import ContactReference, open_conversation
from bywalec.inbox.actions.handoff import hand_off
from bywalec.inbox.actions.inboxes import create_inbox
from bywalec.inbox.actions.lease import Reply, claim, send_reply
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.actions.resolution import resolve
from bywalec.inbox.rules.kinds import IdentityLevel
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.actions.programme import NewReward, set_up
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import Accept, RedeemRequest, ReverseRequest
from bywalec.loyalty.actions.reversals import reverse_many
from bywalec.loyalty.queries.history import history
from bywalec.loyalty.queries.rewards import rewards
from bywalec.loyalty.rules.answers import Answer
from bywalec.store.actions.catalogue import set_hours, set_special_day
from bywalec.store.rules.purchase import LineDraft, MemberReference, PurchaseDraft, line_total
from tests.plugins.world import World

PASSWORD = "zakwas na jutro"
OLA, MAREK, JAN = "ola@example.com", "marek@example.com", "jan@example.com"
NAMES = (
    "Anna Kowalska",
    "Łukasz Żak",
    "Zofia Wójcik",
    "Oleh Petrenko",
    "Maria Ćwiklińska-Brzęczyszczykiewicz",
    "Iga Nowak",
    "Piotr Wiśniewski",
)
STRANGER = "+48511222333"
RECEIPTS = 24


@dataclass(slots=True)
class ShopDay:
    """What stands in the shop: ids of the pages that the tests open."""

    world: World
    now: datetime
    staff: dict[str, UUID] = field(default_factory=dict)
    customers: list[UUID] = field(default_factory=list)
    members: list[UUID] = field(default_factory=list)
    conversations: dict[str, UUID] = field(default_factory=dict)
    claimed: UUID | None = None
    unclaimed: UUID | None = None
    inbox: UUID | None = None

    def ago(self, **span: float) -> AbstractContextManager[None]:
        """Set the clock back."""
        return clock.frozen(self.now - timedelta(**span))


def open_shop(world: World) -> ShopDay:
    """Fill a shop with a small day of work."""
    day = ShopDay(world, clock.now())
    _staff(day)
    _settings(day)
    _people(day)
    _receipts(day)
    _spending(day)
    _conversations(day)
    _outbox(day)
    return day


def _staff(day: ShopDay) -> None:
    with day.world.scope():
        for email, name, role in (
            (MAREK, "Marek Wrona", Role.OWNER),
            (OLA, "Ola Zielińska", Role.CONSULTANT),
            (JAN, "Jan Lis", Role.CASHIER),
        ):
            day.staff[email] = add_staff(email=email, name=name, password=PASSWORD, role=role)


def _settings(day: ShopDay) -> None:
    world = day.world
    with world.scope():
        update_organization(name="Sklep u Marka", accent="#1d6b4f")
        set_hours(shop=world.shop, weekly={**{one: [(360, 1260)] for one in range(1, 6)}, 6: [(420, 1200)]})
        set_special_day(shop=world.shop, day=(day.now + timedelta(days=3)).date(), note="Inwentaryzacja")
        inbox = create_inbox(name="Strona", bot_name="Bywalec", allowed_origins=["https://sklep-marka.example"])
        day.inbox = inbox.id
        api_keys.issue(name="Kasa 1", scopes=["purchases:write", "members:read"], till=world.till)
        api_keys.revoke(api_keys.issue(name="Stara integracja", scopes=["purchases:read"]).id)
        set_up(
            name="Bywalec u Marka",
            worth=(50, 100),
            since=day.now - timedelta(days=400),
            rewards=[
                NewReward(code="kawa", name="Kawa z ekspresu", points=100, description="Mała lub duża, także na wynos"),
                NewReward(code="chleb", name="Chleb na zakwasie", points=250, stock=12),
                NewReward(code="kosz", name="Kosz świąteczny", points=2500, stock=0),
            ],
        )


def _people(day: ShopDay) -> None:
    for place, name in enumerate(NAMES):
        points = [NewContactPoint("phone", f"+4860070080{place}")]
        points += [NewContactPoint("email", "anna.kowalska@example.pl")] if place == 0 else []
        with day.ago(days=200 - 20 * place), day.world.scope():
            customer = register_customer(name=name, contact_points=points).id
            day.customers.append(customer)
            day.members.append(enrol(customer_id=customer, source="till").id)
            if place < 3:
                for channel, granted in (("sms", True), ("email", place == 0)):
                    record_consent(
                        customer=customer, purpose="marketing", channel=channel, granted=granted, source="till"
                    )


def _receipts(day: ShopDay) -> None:
    for place in range(RECEIPTS, 0, -1):
        at = day.now - timedelta(days=2 * place - 1, hours=place % 7)
        who = ("+48600700800", None, f"+4860070080{place % 3}", STRANGER)[place % 4]
        with clock.frozen(at), day.world.scope():
            answer = accept_purchases([Accept(draft=_receipt(day.world, place, at, who), source="import")])[0]
        assert isinstance(answer, Answer), answer
        purchase = answer.purchase().purchase
        if who == STRANGER:
            day.unclaimed = purchase
        elif who:
            day.claimed = purchase


def _spending(day: ShopDay) -> None:
    anna, world = day.members[0], day.world
    with day.ago(hours=5), world.scope():
        coffee = next(one for one in rewards() if one.name.startswith("Kawa"))
        outcome = redeem([RedeemRequest(member=anna, reward=coffee.id)])[0]
        assert isinstance(outcome, Answer), outcome
    with world.reading():
        twice = next(line for line in history(anna) if line.kind == "earn")
    with day.ago(hours=2), world.scope():
        reverse_many([ReverseRequest(transaction=twice.transaction, reason="Paragon nabity dwa razy")])


def _receipt(world: World, place: int, at: datetime, who: str | None) -> PurchaseDraft:
    lines = (
        LineDraft(
            sku="1", name="Chleb żytni na zakwasie 500 g", category="Pieczywo", quantity=Decimal(2), unit_price=890
        ),
        LineDraft(sku="2", name="Jabłka Ligol", category="Owoce", quantity=Decimal("1.245"), unit_price=449),
        LineDraft(
            sku="3",
            name="Ser koryciński",
            category="Nabiał",
            quantity=Decimal("0.3"),
            unit_price=5990 + 20 * place,
            discount=200,
        ),
    )
    return PurchaseDraft(
        shop=world.shop,
        till=world.till,
        receipt_number=f"W{1200 - place}",
        business_date=at.date(),
        occurred_at=at,
        currency="PLN",
        total=sum(line_total(line) for line in lines),
        lines=lines,
        member_reference=MemberReference("phone", who) if who else None,
    )


def _conversations(day: ShopDay) -> None:
    _handed_over(day)
    _unknown_guest(day)
    hours = _opened(day, "hours", who=1, minutes=200)
    _says(day, hours, "O której zamykacie w niedzielę?", 200)
    _answers(day, hours, "W tę niedzielę sklep jest zamknięty. W poniedziałek otwieramy o 6:00.", 199, "shop.hours")
    _says(day, _opened(day, "thanks", name="Basia", minutes=3), "dzieki", 2)
    invoice = _opened(day, "invoice", who=2, minutes=50)
    _says(day, invoice, "Poproszę fakturę do paragonu W1199", 49)
    with day.ago(minutes=47), day.world.scope():
        desk.reply(conversation_id=invoice, staff_id=day.staff[OLA], text="Dzień dobry, jasne. Proszę podać NIP.")
    _says(day, invoice, "525-000-01-06", 40)
    with day.ago(minutes=39), day.world.scope():
        desk.add_note(
            conversation_id=invoice,
            staff_id=day.staff[OLA],
            text="Faktura do wystawienia jutro rano, drukarka nie działa.",
        )
    closed = _opened(day, "closed", who=3, minutes=3000)
    _says(day, closed, "Dziękuję za pomoc", 2990)
    with day.ago(minutes=2980), day.world.scope():
        resolve(conversation_id=closed, staff_id=day.staff[OLA])


def _handed_over(day: ShopDay) -> None:
    talk = _opened(day, "handoff", who=0, minutes=34)
    _says(day, talk, "hej ile mam pkt?", 33)
    _answers(day, talk, "Cześć, Anno. Masz 312 punktów, to 6,24 zł rabatu.", 33, "loyalty.balance")
    _says(day, talk, "a czemu za wczoraj nic nie dostalam?? kupilam za ponad 50 zl", 31)
    _answers(day, talk, "Wczoraj nie widzę paragonu z Twoją kartą. Poprosić konsultanta?", 31, "faq.answer")
    _says(day, talk, "tak, czlowieka poprosze", 30)
    with day.ago(minutes=18), day.world.scope():
        hand_off(
            conversation_id=talk,
            reason="customer_asked",
            notice="Teraz przekazuję rozmowę konsultantowi. Odpowie tutaj, dziś do 21:00.",
            summary="Klientka pyta, czemu nie ma punktów za wczorajsze zakupy za ponad 50 zł. Prosi o człowieka.",
            facts={"points": 312, "card": "2900 0012 3456"},
            slots={"day": "wczoraj", "amount": "ponad 50 zł"},
        )


def _unknown_guest(day: ShopDay) -> None:
    talk = _opened(day, "guest", name="Kuba", minutes=9)
    _says(day, talk, "Dzień dobry, macie chleb bezglutenowy bez kukurydzy? Córka ma alergię.", 9)
    with day.ago(minutes=7), day.world.scope():
        hand_off(
            conversation_id=talk,
            reason="not_understood",
            notice="Nie wiem tego na pewno, więc przekazuję pytanie konsultantowi.",
            summary="Klient pyta o chleb bezglutenowy bez kukurydzy dla dziecka z alergią.",
        )


def _opened(day: ShopDay, key: str, *, who: int | None = None, name: str | None = None, minutes: float) -> UUID:
    assert day.inbox is not None
    with day.ago(minutes=minutes), day.world.scope():
        opened = open_conversation(inbox_id=day.inbox, contact=ContactReference(display_name=name))
        if who is not None:
            identify(
                contact_id=opened.contact_id,
                customer_id=day.customers[who],
                level=IdentityLevel.VERIFIED if who == 0 else IdentityLevel.KNOWN,
                how="visitor_token",
                until=day.now + timedelta(hours=9),
            )
    day.conversations[key] = opened.id
    return opened.id


def _says(day: ShopDay, conversation: UUID, text: str, minutes: float) -> None:
    with day.ago(minutes=minutes), day.world.scope():
        receive(conversation_id=conversation, text=text)


def _answers(day: ShopDay, conversation: UUID, text: str, minutes: float, skill: str) -> None:
    data = {
        "points": {"type": "points", "count": 312, "forms": ["punkt", "punkty", "punktów"]},
        "worth": {"type": "money", "amount": 624, "currency": "PLN"},
    }
    with day.ago(minutes=minutes), day.world.scope():
        lease = claim(conversation)
        assert lease is not None
        evidence = {"skill": skill, "template": f"{skill}.one", "data": data, "sources": [skill]}
        assert send_reply(lease, [Reply(text, skill=skill, evidence=evidence)])


def _outbox(day: ShopDay) -> None:
    for place, customer in enumerate(day.customers[:5]):
        with day.ago(hours=5 * place + 1), day.world.scope():
            messaging.queue(
                subject=customer,
                channel="email" if place == 3 else "sms",
                address="oleh@example.com" if place == 3 else f"+4860070080{place}",
                purpose="loyalty.welcome",
                text=f"Witaj w Sklepie u Marka. Twoja karta to 2900 0012 345{place}. Odpisz STOP, by się wypisać.",
            )
