"""Setting up a tenant: organization, shops, tills, staff. Used by set-up, the demo, imports and tests."""

from uuid import UUID

from django.utils.translation import gettext as _

from bywalec.foundation import audit, clock, tenancy
from bywalec.foundation.errors import Conflict, NotFound
from bywalec.foundation.ids import new_id
from bywalec.foundation.models.access import Membership, StaffUser
from bywalec.foundation.models.organization import Organization, Shop, Till
from bywalec.foundation.queries import OrganizationInfo, organization
from bywalec.foundation.staff import Role


def create_organization(
    *,
    slug: str,
    name: str,
    currency: str = "PLN",
    timezone: str = "Europe/Warsaw",
    country: str = "PL",
    language: str = "pl",
    accent: str = "#0f766e",
) -> OrganizationInfo:
    """Create a tenant; call it outside any scope.

    Raises:
        Conflict: the slug is taken.
    """
    if Organization.objects.filter(slug=slug).exists():
        raise Conflict(_("There is an organization of that short name already."), field="slug", value=slug)
    row = Organization.objects.create(
        id=new_id(),
        slug=slug,
        name=name,
        currency=currency,
        timezone=timezone,
        country=country,
        language=language,
        accent=accent,
        created_at=clock.now(),
    )
    return organization(row.id)


def create_shop(*, code: str, name: str, timezone: str = "Europe/Warsaw", **address: str | bool) -> UUID:
    """Create a shop of the current organization; ``address`` takes street, postal_code, city, phone, email."""
    shop = Shop(id=new_id(), organization_id=tenancy.current(), code=code, name=name, timezone=timezone, **address)
    shop.save(force_insert=True)
    audit.record("shop.create", subject_kind="shop", subject=shop.id)
    return shop.id


def create_till(*, shop: UUID, code: str, name: str) -> UUID:
    """Create a till in a shop of the current organization."""
    till = Till(id=new_id(), organization_id=tenancy.current(), shop_id=shop, code=code, name=name)
    till.save(force_insert=True)
    audit.record("till.create", subject_kind="till", subject=till.id)
    return till.id


def add_staff(*, email: str, name: str, password: str | None, role: Role) -> UUID:
    """Give a person a role in the current organization; the account is made when the e-mail is new."""
    user = StaffUser.objects.filter(email=email.lower()).first()
    if user is None:
        user = StaffUser.objects.create_user(email=email, name=name, password=password)
    membership, created = Membership.objects.get_or_create(
        organization_id=tenancy.current(), user=user, defaults={"role": role.value, "created_at": clock.now()}
    )
    if not created:
        Membership.objects.filter(id=membership.id).update(role=role.value, active=True)
    audit.record("staff.add", subject_kind="staff", subject=user.id, data={"role": role.value})
    return user.id


def update_organization(*, name: str, accent: str) -> None:
    """Change the name and colour of the current organization."""
    Organization.objects.filter(id=tenancy.current()).update(name=name, accent=accent)
    audit.record("organization.update", subject_kind="organization", subject=tenancy.current())


def update_shop(*, shop: UUID, name: str, street: str, postal_code: str, city: str, phone: str, email: str) -> None:
    """Change how a shop of the current organization is called and reached.

    Raises:
        NotFound: no such shop here.
    """
    changed = Shop.objects.filter(id=shop).update(
        name=name, street=street, postal_code=postal_code, city=city, phone=phone, email=email
    )
    if not changed:
        raise NotFound(code="shop.not_found", field="shop", value=str(shop))
    audit.record("shop.update", subject_kind="shop", subject=shop)


def set_preferences(*, user: UUID, language: str | None = None, theme: str | None = None) -> None:
    """Remember a staff member's language and theme."""
    changes = {key: value for key, value in {"language": language, "theme": theme}.items() if value is not None}
    StaffUser.objects.filter(id=user).update(**changes)
