"""``POST /purchases``: a till's receipt goes to the writer and comes back with its points and their reasons."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from bywalec.foundation import clock, tenancy
from bywalec.foundation.actor import Actor, acting_as
from bywalec.foundation.api_keys import KeyInfo
from bywalec.foundation.errors import InvalidInput
from bywalec.lane.decoding import Reader
from bywalec.lane.http import Reply, Request
from bywalec.lane.limits import limits
from bywalec.lane.schemas import MemberIn, PurchaseIn
from bywalec.lane.services import Services
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.requests import Accept
from bywalec.loyalty.rules.answers import Answer, Refusal
from bywalec.store.rules.purchase import LineDraft, MemberReference, PurchaseDraft

PURCHASE = Reader(PurchaseIn)


async def post_purchase(request: Request, key: KeyInfo, services: Services) -> Reply:
    """Record a purchase and credit its member; with ``?dry_run=true`` only tell what would happen."""
    request.require_content_type(b"application/json")
    dry_run = request.flag("dry_run")
    sent = PURCHASE.read(await request.body(limits().body_bytes_max))
    accept = await accept_of(sent, key, services, idempotency_key=idempotency_key(request))
    if dry_run:
        return Reply(200, await services.readers.run(lambda: _try_out(key, accept)))
    answer = await services.write(key, accept)
    return Reply(200 if answer.replayed else 201, answer.body)


async def accept_of(
    sent: PurchaseIn, key: KeyInfo, services: Services, *, idempotency_key: str | None = None
) -> Accept:
    """Turn a receipt as it came over the wire into a request to the ledger.

    Raises:
        InvalidInput: no such till, or a member named in two ways.
        Forbidden: the key belongs to another till.
    """
    place = await services.places.of(key, sent.till)
    draft = PurchaseDraft(
        shop=place.shop,
        till=place.till,
        receipt_number=sent.receipt_number,
        business_date=sent.business_date or _local_date(sent, place.zone),
        occurred_at=sent.occurred_at,
        currency=sent.currency,
        total=sent.total,
        lines=tuple(
            [
                LineDraft(
                    sku=line.sku,
                    name=line.name,
                    quantity=Decimal(line.quantity),
                    unit_price=line.unit_price,
                    category=line.category,
                    discount=line.discount,
                    vat=line.vat,
                )
                for line in sent.lines
            ]
        ),
        order_number=sent.order_number,
        member_reference=member_reference(sent.member) if sent.member is not None else None,
    )
    return Accept(draft=draft, idempotency_key=idempotency_key)


def member_reference(member: MemberIn) -> MemberReference:
    """Return how a member was named.

    Raises:
        InvalidInput: not in exactly one way.
    """
    if member.card is not None and member.phone is None and member.id is None:
        return MemberReference("card", member.card)
    if member.phone is not None and member.card is None and member.id is None:
        return MemberReference("phone", member.phone)
    if member.id is not None and member.card is None and member.phone is None:
        return MemberReference("id", str(member.id))
    raise InvalidInput(
        _("Name the member in exactly one way."),
        code="request.member",
        field="member",
        remedy=_("Send one of card, phone and id."),
    )


def idempotency_key(request: Request) -> str | None:
    """Return the header ``Idempotency-Key`` if it was sent."""
    sent = request.headers.get(b"idempotency-key")
    return None if sent is None else sent.decode("latin-1")


def _local_date(sent: PurchaseIn, zone: str) -> date:
    try:
        return clock.local(sent.occurred_at, zone).date()
    except OverflowError:  # year 1 or 9999: the check of the receipt refuses it with its reason
        return sent.occurred_at.date()


def _try_out(key: KeyInfo, accept: Accept) -> bytes:
    with acting_as(Actor("key", key.id, key.name)), tenancy.reading(key.organization):
        [outcome] = accept_purchases([accept], dry_run=True)
    match outcome:
        case Refusal(error):
            raise error
        case Answer(body):
            return body
