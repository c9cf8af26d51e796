"""Where the receipts of a file were made: organization, shop, tills; created on the fly when asked to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from bywalec.cli.importing.mapping import Mapping
from bywalec.cli.language import _
from bywalec.foundation import administration, queries, tenancy
from bywalec.foundation.errors import InvalidInput
from bywalec.foundation.queries import OrganizationInfo
from bywalec.foundation.text import words
from bywalec.loyalty.actions.programme import set_up
from bywalec.loyalty.queries.programme import load_setup

SHOP_CODE = "import"
TILL_CODE = "import"
SLUG_LENGTH_MAX = 60
CODE_LENGTH_MAX = 40
RULES_SINCE = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where receipts were made.

    Args:
        tills: ids by code; "" is the till of receipts that name none.
        zone: time zone of the shop.
        created: the organization was created for this import.
    """

    organization: UUID
    shop: UUID
    tills: dict[str, UUID]
    currency: str
    zone: str
    created: bool


def find_place(*, name: str | None, currency: str | None, shop: str | None, mapping: Mapping) -> Place:
    """Return the place a person named; with a currency, an organization that is not there yet is created.

    A created organization gets a programme of 1 point for every full unit of its currency, in force for old receipts
    too. Its receipts are booked on a shop and till of the code ``import`` unless a shop is named.

    Args:
        name: the organization's name or short name; may be left out when there is only one.
        currency: ISO 4217, to create it; of one that exists it must be the same.
        shop: code of the shop whose receipts these are.
        mapping: country, language and time zone of a created organization.

    Raises:
        InvalidInput: no such organization, shop or another currency; the remedy says what there is.
    """
    found = _organization(name)
    created = found is None
    if found is None:
        found = _create(name or "", currency, mapping)
    if currency is not None and currency != found.currency:
        raise _problem("import.other_currency", "--currency", currency, found.currency)
    with tenancy.scope(found.id):
        if load_setup() is None:
            set_up(name=found.name, currency=found.currency, timezone=found.timezone, since=RULES_SINCE)
        shop_id, zone = _shop(shop, found)
        tills = {till.code: till.id for till in queries.tills()}
        if TILL_CODE not in tills:
            tills[TILL_CODE] = administration.create_till(shop=shop_id, code=TILL_CODE, name=_("Import"))
    return Place(found.id, shop_id, {**tills, "": tills[TILL_CODE]}, found.currency, zone, created)


def create_tills(place: Place, codes: Iterable[str]) -> None:
    """Create the tills a file names and the organization lacks."""
    missing = sorted({code for code in codes if code not in place.tills and 0 < len(code) <= CODE_LENGTH_MAX})
    if missing:
        with tenancy.scope(place.organization):
            for code in missing:
                place.tills[code] = administration.create_till(shop=place.shop, code=code, name=code)


def _organization(name: str | None) -> OrganizationInfo | None:
    present = queries.organizations()
    if name is None:
        if len(present) == 1:
            return present[0]
        raise _problem("import.which_organization", "--organization", "", _names(present))
    return next((one for one in present if name in {one.name, one.slug} or _slug(name) == one.slug), None)


def _create(name: str, currency: str | None, mapping: Mapping) -> OrganizationInfo:
    if currency is None or not _slug(name):
        raise _problem("import.unknown_organization", "--organization", name, _names(queries.organizations()))
    zone = mapping.timezone or "Europe/Warsaw"
    return administration.create_organization(
        slug=_slug(name),
        name=name,
        currency=currency,
        timezone=zone,
        country=mapping.country,
        language=mapping.language,
    )


def _shop(code: str | None, organization: OrganizationInfo) -> tuple[UUID, str]:
    present = queries.shops()
    found = next((one for one in present if one.code == (code or SHOP_CODE)), None)
    if found is not None:
        return found.id, found.timezone
    if code is not None:
        raise _problem("import.unknown_shop", "--shop", code, ", ".join(one.code for one in present))
    created = administration.create_shop(code=SHOP_CODE, name=organization.name, timezone=organization.timezone)
    return created, organization.timezone


def _problem(code: str, field: str, value: str, present: str) -> InvalidInput:
    return InvalidInput(
        _("The import does not know where these receipts belong."),
        code=code,
        field=field,
        value=value,
        remedy=_(
            "There is: {present}. Name one of these, or a new one with --organization NAME --currency GBP."
        ).format(present=present or "–"),
    )


def _names(present: Sequence[OrganizationInfo]) -> str:
    return ", ".join(one.slug for one in present)


def _slug(name: str) -> str:
    return "-".join(words(name))[:SLUG_LENGTH_MAX]
