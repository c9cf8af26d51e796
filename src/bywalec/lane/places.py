"""Which till a request speaks of, in which shop and time zone, and whether the key may speak for it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from bywalec.foundation import queries, tenancy
from bywalec.foundation.api_keys import KeyInfo
from bywalec.foundation.errors import Forbidden, InvalidInput
from bywalec.lane.limits import limits
from bywalec.lane.remembering import Remembered
from bywalec.lane.threads import Readers


@dataclass(frozen=True, slots=True)
class Place:
    """A till with what a receipt needs to know of its shop."""

    till: UUID
    shop: UUID
    code: str
    zone: str


class Places:
    """Knows each organization's tills for some seconds."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._known = Remembered(
            self._load, seconds=limits().key_cache_seconds, entries_max=limits().organizations_known_max
        )

    async def of(self, key: KeyInfo, till: str) -> Place:
        """Return the till a request names by code or id.

        Raises:
            InvalidInput: there is no such till in the key's organization.
            Forbidden: the key belongs to another till.
        """
        place = (await self._known.get(key.organization)).get(till)
        if place is None:
            raise InvalidInput(
                _("There is no such till."),
                code="till.not_found",
                field="till",
                value=till,
                remedy=_("Send the code of an active till as it stands in the console under Settings."),
            )
        if key.till is not None and key.till != place.till:
            raise Forbidden(
                _("This key belongs to another till."),
                code="access.other_till",
                field="till",
                value=till,
                remedy=_("Send the till's own key, or the code of the till the key belongs to."),
            )
        return place

    async def _load(self, organization: UUID) -> dict[str, Place]:
        return await self._readers.run(lambda: _places(organization))


def _places(organization: UUID) -> dict[str, Place]:
    with tenancy.reading(organization):
        zones = {shop.id: shop.timezone for shop in queries.shops()}
        found: dict[str, Place] = {}
        for till in queries.tills():
            if till.shop in zones:
                place = Place(till.id, till.shop, till.code, zones[till.shop])
                found |= {till.code: place, str(till.id): place}
        return found
