"""Personal fields open only where they were sealed, and never again once the person's key is destroyed."""

from uuid import UUID, uuid4

import pytest

from bywalec.foundation import crypto, tenancy
from bywalec.foundation.models import PersonKey

pytestmark = pytest.mark.django_db


def _sealed(organization: UUID, subject: UUID, row: UUID) -> bytes:
    with tenancy.scope(organization):
        crypto.ensure_keys([subject])
        return crypto.seal(subject=subject, field="t.name", row=row, text="Łucja Żądło")


def test_a_sealed_text_opens_where_it_was_sealed(ours: UUID) -> None:
    subject, row = uuid4(), uuid4()
    blob = _sealed(ours, subject, row)
    assert "Łucja".encode() not in blob
    crypto.forget_cached_keys()
    with tenancy.reading(ours):
        assert crypto.unseal(subject=subject, field="t.name", row=row, blob=blob) == "Łucja Żądło"


@pytest.mark.parametrize("moved", ["field", "row", "organization", "person", "bit"])
def test_a_sealed_text_opens_nowhere_else(ours: UUID, theirs: UUID, moved: str) -> None:
    subject, other, row = uuid4(), uuid4(), uuid4()
    blob = _sealed(ours, subject, row)
    _sealed(ours, other, row)
    if moved == "bit":
        blob = blob[:-1] + bytes([blob[-1] ^ 1])
    with tenancy.reading(theirs if moved == "organization" else ours), pytest.raises(crypto.Unreadable):
        crypto.unseal(
            subject=other if moved == "person" else subject,
            field="t.phone" if moved == "field" else "t.name",
            row=uuid4() if moved == "row" else row,
            blob=blob,
        )


def test_destroying_the_key_makes_the_text_unreadable_for_good(ours: UUID) -> None:
    subject, row = uuid4(), uuid4()
    blob = _sealed(ours, subject, row)
    crypto.destroy_key(subject)
    with tenancy.scope(ours):
        with pytest.raises(crypto.Erased):
            crypto.unseal(subject=subject, field="t.name", row=row, blob=blob)
        with pytest.raises(crypto.Erased):
            crypto.ensure_keys([subject])
    tombstone = PersonKey.objects.get(subject=subject)
    assert tombstone.wrapped is None
    assert tombstone.destroyed_at is not None


def test_keys_lie_wrapped_in_the_second_store(ours: UUID) -> None:
    subject, row = uuid4(), uuid4()
    _sealed(ours, subject, row)
    stored = PersonKey.objects.get(subject=subject)
    assert stored._state.db == "keys"
    assert crypto._unwrap(bytes(stored.wrapped or b""), subject) not in bytes(stored.wrapped or b"")
    with pytest.raises(crypto.Unreadable):
        crypto._unwrap(bytes(stored.wrapped or b""), uuid4())


def test_sealing_without_a_key_is_refused(ours: UUID) -> None:
    with tenancy.scope(ours), pytest.raises(crypto.Unreadable):
        crypto.seal(subject=uuid4(), field="t.name", row=uuid4(), text="x")


def test_a_blind_index_is_stable_and_differs_by_tenant_and_field(ours: UUID, theirs: UUID) -> None:
    with tenancy.scope(ours):
        first, again = crypto.blind_index("phone", "+48600700800"), crypto.blind_index("phone", "+48600700800")
        other_field = crypto.blind_index("card", "+48600700800")
    with tenancy.scope(theirs):
        other_tenant = crypto.blind_index("phone", "+48600700800")
    assert first == again
    assert len({first, other_field, other_tenant}) == 3
    assert len(first) == 32
