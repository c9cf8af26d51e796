"""Keys of tills and integrations: issued once, kept as a hash, limited by scopes and, for a till, to that till."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from bywalec.foundation import audit, clock, tenancy
from bywalec.foundation.errors import InvalidInput, NotFound, Unauthenticated
from bywalec.foundation.ids import new_id, secret, split_token
from bywalec.foundation.ids import public_token as make_token
from bywalec.foundation.models.access import ApiKey

KIND = "bk"
SCOPES = frozenset(
    {
        "purchases:write",
        "purchases:read",
        "members:read",
        "members:write",
        "redemptions:write",
        "transactions:reverse",
        "conversations:write",
        "understand",
    }
)


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key; the token is shown this once and never again."""

    id: UUID
    token: str


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """Who calls with a key and what it may do."""

    id: UUID
    organization: UUID
    name: str
    scopes: frozenset[str]
    till: UUID | None


@dataclass(frozen=True, slots=True)
class ListedKey:
    """A key as the settings page lists it."""

    id: UUID
    name: str
    shown_prefix: str
    scopes: tuple[str, ...]
    till: UUID | None
    created_at: object
    revoked_at: object


def issue(*, name: str, scopes: Iterable[str], till: UUID | None = None) -> IssuedKey:
    """Make a key for the current organization.

    Raises:
        InvalidInput: no name, or a scope that does not exist.
    """
    wanted = sorted(set(scopes))
    if not name.strip():
        raise InvalidInput(_("Give the key a name."), field="name", value=name)
    for scope in wanted:
        if scope not in SCOPES:
            raise InvalidInput(_("There is no such scope."), field="scopes", value=scope)
    value, organization = secret(), tenancy.current()
    key = ApiKey(
        id=new_id(),
        organization_id=organization,
        name=name.strip()[:120],
        secret_hash=_hash(value),
        shown_prefix=value[:6],
        scopes=wanted,
        till_id=till,
        created_at=clock.now(),
    )
    key.save(force_insert=True)
    audit.record("key.issue", subject_kind="api_key", subject=key.id, data={"scopes": wanted})
    return IssuedKey(key.id, make_token(KIND, organization, value))


def authenticate(token: str) -> KeyInfo:
    """Return who calls; opens its own reading scope.

    Raises:
        Unauthenticated: the token is malformed, unknown or revoked (the answer is the same).
    """
    organization, value = split_token(token, KIND)
    with tenancy.reading(organization):
        key = ApiKey.objects.filter(secret_hash=_hash(value), revoked_at=None).first()
    if key is None:
        raise Unauthenticated(code="access.unknown_key")
    return KeyInfo(key.id, organization, key.name, frozenset(key.scopes), key.till_id)


def revoke(key: UUID) -> None:
    """Revoke a key of the current organization for good; repeating it changes nothing.

    Raises:
        NotFound: no such key here.
    """
    if not ApiKey.objects.filter(id=key).exists():
        raise NotFound
    if ApiKey.objects.filter(id=key, revoked_at=None).update(revoked_at=clock.now()):
        audit.record("key.revoke", subject_kind="api_key", subject=key)


def listed() -> list[ListedKey]:
    """Return all keys of the current organization, newest first."""
    return [
        ListedKey(key.id, key.name, key.shown_prefix, tuple(key.scopes), key.till_id, key.created_at, key.revoked_at)
        for key in ApiKey.objects.order_by("-id")[:500]
    ]


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()
