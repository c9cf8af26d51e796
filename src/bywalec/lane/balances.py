"""``GET /members/{id}/balance``: what a member can spend."""

from uuid import UUID

import msgspec

from bywalec.foundation import tenancy
from bywalec.foundation.api_keys import KeyInfo
from bywalec.lane.http import Reply, Request
from bywalec.lane.routing import id_argument
from bywalec.lane.services import Services
from bywalec.loyalty.queries.balances import UnitBalance, balance

_encode = msgspec.json.Encoder().encode


class BalanceOut(msgspec.Struct, frozen=True):
    """A member's balance in each unit of the programme.

    ``on`` of the next expiry is the first moment at which those points are gone.
    """

    units: list[UnitBalance]


async def get_balance(request: Request, key: KeyInfo, services: Services) -> Reply:
    """Return what a member can spend at this moment."""
    member = id_argument(request, name="member", code="loyalty.member_not_found")
    units = await services.readers.run(lambda: _read(key.organization, member))
    return Reply(200, _encode(BalanceOut(units)))


def _read(organization: UUID, member: UUID) -> list[UnitBalance]:
    with tenancy.reading(organization):
        return balance(member)
