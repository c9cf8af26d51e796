"""Reading the tenant: organization, shops, tills, as frozen values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from bywalec.foundation import tenancy
from bywalec.foundation.errors import NotFound
from bywalec.foundation.models.access import Membership
from bywalec.foundation.models.organization import Organization, Shop, Till
from bywalec.foundation.staff import Role, StaffInfo


@dataclass(frozen=True, slots=True)
class OrganizationInfo:
    """A tenant; ``accent`` is its colour as CSS, ``language`` the default of its people."""

    id: UUID
    slug: str
    name: str
    country: str
    currency: str
    timezone: str
    language: str
    accent: str


@dataclass(frozen=True, slots=True)
class ShopInfo:
    """A place that sells."""

    id: UUID
    code: str
    name: str
    street: str
    postal_code: str
    city: str
    phone: str
    email: str
    timezone: str
    open_on_all_sundays: bool


@dataclass(frozen=True, slots=True)
class TillInfo:
    """A cash register of a shop."""

    id: UUID
    shop: UUID
    code: str
    name: str


def organizations() -> list[OrganizationInfo]:
    """Return every tenant, by name; for administration and the runner."""
    return [_organization(row) for row in Organization.objects.order_by("name")]


def organization(organization_id: UUID | None = None) -> OrganizationInfo:
    """Return a tenant, the current one by default.

    Raises:
        NotFound: no such organization.
    """
    row = Organization.objects.filter(id=organization_id or tenancy.current()).first()
    if row is None:
        raise NotFound(code="organization.not_found")
    return _organization(row)


def organization_by_slug(slug: str) -> OrganizationInfo | None:
    """Return the tenant of a slug, if there is one."""
    row = Organization.objects.filter(slug=slug).first()
    return _organization(row) if row else None


def shops() -> list[ShopInfo]:
    """Return the active shops of the current organization, by name."""
    return [_shop(row) for row in Shop.objects.filter(active=True).order_by("name")]


def shop(shop_id: UUID) -> ShopInfo:
    """Return a shop of the current organization.

    Raises:
        NotFound: no such shop here.
    """
    row = Shop.objects.filter(id=shop_id).first()
    if row is None:
        raise NotFound(code="shop.not_found", field="shop", value=str(shop_id))
    return _shop(row)


def tills(codes: Sequence[str] | None = None) -> list[TillInfo]:
    """Return the active tills of the current organization, all or those of some codes."""
    rows = Till.objects.filter(active=True).order_by("code")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return [TillInfo(row.id, row.shop_id, row.code, row.name) for row in rows]


def till(till_id: UUID) -> TillInfo:
    """Return a till of the current organization.

    Raises:
        NotFound: no such till here.
    """
    row = Till.objects.filter(id=till_id).first()
    if row is None:
        raise NotFound(code="till.not_found", field="till", value=str(till_id))
    return TillInfo(row.id, row.shop_id, row.code, row.name)


def staff_of(user_id: UUID) -> list[StaffInfo]:
    """Return the roles of an account in all its organizations; for sign-in, outside any scope."""
    with tenancy.everything():
        rows = Membership.objects.filter(user_id=user_id, active=True, user__is_active=True).select_related("user")
        return [_staff(row) for row in rows.order_by("created_at")]


def staff() -> list[StaffInfo]:
    """Return the staff of the current organization, by name."""
    rows = Membership.objects.filter(active=True).select_related("user").order_by("user__name")
    return [_staff(row) for row in rows]


def staff_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of staff of the current organization by id, also of those who left."""
    if not ids:
        return {}
    return dict(Membership.objects.filter(user_id__in=ids).values_list("user_id", "user__name"))


def _organization(row: Organization) -> OrganizationInfo:
    return OrganizationInfo(
        row.id, row.slug, row.name, row.country, row.currency, row.timezone, row.language, row.accent
    )


def _shop(row: Shop) -> ShopInfo:
    return ShopInfo(
        row.id,
        row.code,
        row.name,
        row.street,
        row.postal_code,
        row.city,
        row.phone,
        row.email,
        row.timezone,
        row.open_on_all_sundays,
    )


def _staff(row: Membership) -> StaffInfo:
    user = row.user
    return StaffInfo(user.id, row.organization_id, user.name, user.email, Role(row.role), user.language, user.theme)
