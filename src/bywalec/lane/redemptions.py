"""``POST /redemptions``: points are spent or put aside, through the same writer as purchases."""

from uuid import UUID

from bywalec.foundation import tenancy
from bywalec.foundation.api_keys import KeyInfo
from bywalec.lane.decoding import Reader
from bywalec.lane.http import Reply, Request
from bywalec.lane.limits import limits
from bywalec.lane.purchases import idempotency_key, member_reference
from bywalec.lane.schemas import RedemptionIn
from bywalec.lane.services import Services
from bywalec.loyalty.actions.requests import RedeemRequest
from bywalec.loyalty.queries import members
from bywalec.store.rules.purchase import MemberReference

REDEMPTION = Reader(RedemptionIn)


async def post_redemption(request: Request, key: KeyInfo, services: Services) -> Reply:
    """Spend a member's points on a reward or as a plain number; with ``hold`` only put them aside."""
    request.require_content_type(b"application/json")
    sent = REDEMPTION.read(await request.body(limits().body_bytes_max))
    till = await _till(sent, key, services)
    reference = member_reference(sent.member)
    member = sent.member.id
    if member is None:
        member = await services.readers.run(lambda: _find(key.organization, reference))
    answer = await services.write(
        key,
        RedeemRequest(
            member=member,
            reward=sent.reward,
            points=sent.points,
            till=till,
            hold=sent.hold,
            idempotency_key=idempotency_key(request),
        ),
    )
    return Reply(200 if answer.replayed else 201, answer.body)


async def _till(sent: RedemptionIn, key: KeyInfo, services: Services) -> UUID | None:
    if sent.till is not None:
        return (await services.places.of(key, sent.till)).till
    return key.till


def _find(organization: UUID, reference: MemberReference) -> UUID:
    with tenancy.reading(organization):
        if reference.kind == "card":
            return members.lookup(card=reference.value).id
        return members.lookup(phone=reference.value).id
