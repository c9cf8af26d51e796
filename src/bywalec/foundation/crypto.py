"""Encryption of personal fields under a key per person, and blind indexes under a key per organization.

AES-256-GCM with tenant, field and row as associated data: a ciphertext moved elsewhere does not open. Keys are wrapped
by the master key and live in the second store, written there, durably, before the row that needs them. Destroying a
person's key leaves everything sealed under it unreadable for good, also in old backups.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from bywalec.foundation import clock, tenancy
from bywalec.foundation.keycache import KeyCache
from bywalec.foundation.models.keys import PersonKey, TenantKey

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32

_persons = KeyCache(entries_max=20_000, age_max_seconds=60)
_tenants = KeyCache(entries_max=1_000, age_max_seconds=600)


class Erased(Exception):
    """The person's key was destroyed: the text cannot be read any more, by design."""


class Unreadable(Exception):
    """The ciphertext does not open with its key: damaged, moved to another row, or the key is missing."""


def ensure_keys(subjects: Sequence[UUID]) -> None:
    """Make a key for each person who has none, durably in the second store, before any row needs it.

    Raises:
        Erased: a subject's key was destroyed; a new person needs a new id.
    """
    wanted = [subject for subject in dict.fromkeys(subjects) if _persons.get(subject) is None]
    if not wanted:
        return
    organization, now = tenancy.current(), clock.now()
    present = dict(PersonKey.objects.filter(subject__in=wanted).values_list("subject", "wrapped"))
    if any(wrapped is None for wrapped in present.values()):
        raise Erased
    fresh = {subject: os.urandom(KEY_BYTES) for subject in wanted if subject not in present}
    PersonKey.objects.bulk_create(
        [
            PersonKey(subject=subject, organization=organization, wrapped=_wrap(key, subject), created_at=now)
            for subject, key in fresh.items()
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def seal(*, subject: UUID, field: str, row: UUID, text: str) -> bytes:
    """Encrypt a text of a person for one field of one row of the current organization.

    Raises:
        Erased: the person's key was destroyed.
        Unreadable: `ensure_keys` was not called for the person.
    """
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(_person_key(subject)).encrypt(nonce, text.encode(), _context(field, row))


def unseal(*, subject: UUID, field: str, row: UUID, blob: bytes | memoryview) -> str:
    """Decrypt what `seal` made.

    Raises:
        Erased: the person's key was destroyed.
        Unreadable: damaged, or moved from another field, row or organization.
    """
    data = bytes(blob)
    try:
        plain = AESGCM(_person_key(subject)).decrypt(
            data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :], _context(field, row)
        )
    except InvalidTag as error:
        raise Unreadable(f"{field} of row {row} does not open") from error
    return plain.decode()


def blind_index(field: str, normalised: str) -> bytes:
    """Return the keyed fingerprint by which a value can be found without being readable.

    HMAC-SHA256(tenant key, field ‖ 0 ‖ normalised value), 32 bytes.
    """
    return hmac.digest(_tenant_key(tenancy.current()), f"{field}\0{normalised}".encode(), hashlib.sha256)


def destroy_key(subject: UUID) -> None:
    """Destroy a person's key; the row stays as a tombstone. Repeating it changes nothing."""
    PersonKey.objects.filter(subject=subject, destroyed_at=None).update(wrapped=None, destroyed_at=clock.now())
    _persons.forget(subject)


def forget_cached_keys() -> None:
    """Empty the in-process caches, as a restart would."""
    _persons.clear()
    _tenants.clear()


def _person_key(subject: UUID) -> bytes:
    key = _persons.get(subject)
    if key is None:
        row = PersonKey.objects.filter(subject=subject).first()
        if row is None:
            raise Unreadable(f"no key for {subject}")
        if row.wrapped is None:
            raise Erased
        key = _unwrap(row.wrapped, subject)
        _persons.put(subject, key)
    return key


def _tenant_key(organization: UUID) -> bytes:
    key = _tenants.get(organization)
    if key is None:
        fresh = os.urandom(KEY_BYTES)
        row, _ = TenantKey.objects.get_or_create(
            organization=organization, defaults={"wrapped": _wrap(fresh, organization), "created_at": clock.now()}
        )
        key = _unwrap(row.wrapped, organization)
        _tenants.put(organization, key)
    return key


def _context(field: str, row: UUID) -> bytes:
    return tenancy.current().bytes + row.bytes + field.encode()


def _master_key() -> bytes:
    return bytes.fromhex(settings.BYWALEC_MASTER_KEY)


def _wrap(key: bytes, owner: UUID) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(_master_key()).encrypt(nonce, key, owner.bytes)


def _unwrap(wrapped: bytes | memoryview, owner: UUID) -> bytes:
    data = bytes(wrapped)
    try:
        return AESGCM(_master_key()).decrypt(data[1 : 1 + NONCE_BYTES], data[1 + NONCE_BYTES :], owner.bytes)
    except InvalidTag as error:
        raise Unreadable("the master key does not open this store of keys") from error
