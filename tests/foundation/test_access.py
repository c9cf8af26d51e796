"""Keys, staff accounts, the audit log and the outbox."""

from uuid import UUID, uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from bywalec.foundation import administration, api_keys, audit, messaging, queries, staff, tenancy
from bywalec.foundation.actor import Actor, acting_as
from bywalec.foundation.errors import InvalidInput, NotFound, Unauthenticated
from bywalec.foundation.models import ApiKey, AuditRecord, OutboxMessage
from bywalec.foundation.staff import Role

pytestmark = pytest.mark.django_db
PASSWORD = "kawa-i-drożdżówka-7"


def test_a_key_opens_its_organization_with_its_scopes(ours: UUID) -> None:
    with tenancy.scope(ours):
        issued = api_keys.issue(name="Kasa 1", scopes=["purchases:write"])
        assert issued.token not in str(list(ApiKey.objects.values()))
    info = api_keys.authenticate(issued.token)
    assert (info.organization, info.scopes, info.till) == (ours, frozenset({"purchases:write"}), None)


@pytest.mark.parametrize("damage", ["cut", "other_tenant", "empty", "kind", "long"])
def test_a_damaged_or_foreign_token_opens_nothing(ours: UUID, theirs: UUID, damage: str) -> None:
    with tenancy.scope(ours):
        token = api_keys.issue(name="Kasa 1", scopes=["purchases:write"]).token
    broken = {
        "cut": token[:-1],
        "other_tenant": token.replace(ours.hex, theirs.hex),
        "empty": "",
        "kind": token.replace("bk_", "bx_"),
        "long": token + "a" * 300,
    }[damage]
    with pytest.raises(Unauthenticated):
        api_keys.authenticate(broken)
    assert api_keys.authenticate(token).organization == ours


def test_a_revoked_key_opens_nothing(ours: UUID) -> None:
    with tenancy.scope(ours):
        issued = api_keys.issue(name="Kasa 1", scopes=["purchases:write"])
    assert api_keys.authenticate(issued.token).id == issued.id
    with tenancy.scope(ours):
        api_keys.revoke(issued.id)
        with pytest.raises(NotFound):
            api_keys.revoke(uuid4())
    with pytest.raises(Unauthenticated):
        api_keys.authenticate(issued.token)


def test_an_unknown_scope_is_named(ours: UUID) -> None:
    with tenancy.scope(ours), pytest.raises(InvalidInput) as caught:
        api_keys.issue(name="Kasa", scopes=["everything"])
    assert caught.value.value == "everything"


def test_the_audit_log_names_actor_and_subject(ours: UUID) -> None:
    subject, person = uuid4(), uuid4()
    with acting_as(Actor("staff", person, "Ania")), tenancy.scope(ours):
        audit.record("thing.change", subject_kind="thing", subject=subject, data={"n": 1})
        row = AuditRecord.objects.get()
    assert (row.actor_kind, row.actor, row.actor_label, row.action, row.subject) == (
        "staff",
        person,
        "Ania",
        "thing.change",
        subject,
    )
    assert row.data == {"n": 1}


def test_a_queued_message_is_sealed_and_readable_in_the_outbox(ours: UUID, theirs: UUID) -> None:
    with tenancy.scope(ours):
        messaging.queue(subject=uuid4(), channel="sms", address="+48600700800", purpose="test", text="Dzień dobry")
        row = OutboxMessage.objects.get()
        assert b"600700800" not in bytes(row.address_sealed)
        assert [(m.address, m.text, m.state) for m in messaging.outbox()] == [("+48600700800", "Dzień dobry", "queued")]
        with pytest.raises(ValueError, match="characters"):
            messaging.queue(subject=uuid4(), channel="sms", address="+48600700800", purpose="test", text=" ")
    with tenancy.reading(theirs):
        assert messaging.outbox() == []


def test_staff_sign_in_with_e_mail_and_password(ours: UUID, client: Client) -> None:
    with tenancy.scope(ours):
        administration.add_staff(email="Ania@example.com", name="Ania", password=PASSWORD, role=Role.CONSULTANT)
    wrong = client.post("/accounts/login/", {"login": "ania@example.com", "password": "zgaduj-zgadula"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in client.session
    right = client.post("/accounts/login/", {"login": "ania@example.com", "password": PASSWORD})
    assert right.status_code == 302
    assert "_auth_user_id" in client.session
    assert get_user_model().objects.get().password.startswith("argon2id$argon2id$v=19$m=19456,t=2,p=1$")


def test_nobody_signs_up_by_themselves(ours: UUID, client: Client) -> None:
    client.post("/accounts/signup/", {"email": "obcy@example.com", "password1": PASSWORD})
    assert not get_user_model().objects.exists()


def test_roles_are_per_organization(ours: UUID, theirs: UUID) -> None:
    with tenancy.scope(ours):
        user = administration.add_staff(email="m@example.com", name="Marek", password=None, role=Role.OWNER)
    with tenancy.scope(theirs):
        assert administration.add_staff(email="M@example.com", name="Marek", password=None, role=Role.CASHIER) == user
    roles = {info.organization: info.role for info in queries.staff_of(user)}
    assert roles == {ours: Role.OWNER, theirs: Role.CASHIER}
    assert staff.allowed(Role.OWNER, "keys.manage")
    assert not staff.allowed(Role.CASHIER, "keys.manage")
    with pytest.raises(KeyError):
        staff.allowed(Role.OWNER, "no.such.permission")
