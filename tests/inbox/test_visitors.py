"""Who writes: nobody in particular, or whom the shop's server vouches for, and never more than that."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from bywalec.customers.actions.register import register_customer
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation import clock
from bywalec.foundation.errors import BywalecError
from bywalec.inbox import ports
from bywalec.inbox.actions.conversations import ContactReference, OpenedConversation, open_conversation
from bywalec.inbox.actions.inboxes import renew_secret, update_inbox
from bywalec.inbox.errors import (
    ConversationNotFound,
    InboxNotFound,
    SourceNotAllowed,
    VisitorTokenExpired,
    VisitorTokenInvalid,
)
from bywalec.inbox.models import Contact
from bywalec.inbox.queries import access
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.inboxes import signing_secret
from bywalec.inbox.queries.messages import messages
from bywalec.inbox.rules.disclosure import discloses
from bywalec.inbox.rules.kinds import AuthorKind, IdentityLevel
from bywalec.inbox.rules.limits import DEFAULTS
from bywalec.inbox.rules.visitor_token import read_visitor, sign_visitor
from tests.inbox.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def ola(desk: Desk) -> UUID:
    with desk.world.scope():
        points = [NewContactPoint("phone", "600 700 800"), NewContactPoint("email", "ola@example.com")]
        return register_customer(name="Ola Kowalska", contact_points=points).id


def _open(desk: Desk, subject: str) -> OpenedConversation:
    with desk.world.scope():
        secret = signing_secret(desk.inbox.id)
        token = sign_visitor(subject=subject, secret=secret, at=clock.now())
        return open_conversation(inbox_id=desk.inbox.id, visitor_token=token)


@pytest.mark.parametrize("subject", ["{}", "customer:{}", "phone:+48600700800", "email:ola@example.com"])
def test_a_visitor_the_shop_vouches_for_is_known(desk: Desk, ola: UUID, subject: str) -> None:
    talk = _open(desk, subject.format(ola))
    with desk.world.reading():
        contact = conversation(talk.id).contact
    assert (contact.customer_id, contact.identity.level) == (ola, IdentityLevel.KNOWN)
    assert contact.identity.how == "visitor_token"


def test_one_person_is_one_contact_whatever_names_them(desk: Desk, ola: UUID) -> None:
    subjects = [str(ola), "phone:+48600700800", "email:ola@example.com"]
    assert len({_open(desk, subject).contact_id for subject in subjects}) == 1


@pytest.mark.parametrize(
    "subject", ["phone:+48999999999", "card:123", "card:", "nobody", "0193b7a2-0000-7000-8000-000000000007", "ldap:ola"]
)
def test_a_visitor_who_is_no_customer_stays_unknown(desk: Desk, ola: UUID, subject: str) -> None:
    talk = _open(desk, subject)
    with desk.world.reading():
        contact = conversation(talk.id).contact
    assert (contact.customer_id, contact.identity.level) == (None, IdentityLevel.NONE)


def test_a_member_card_is_looked_up_through_the_port(desk: Desk, ola: UUID) -> None:
    class Cards:
        def customer_of_card(self, card: str) -> UUID | None:
            return ola if card == "2990001" else None

    before = ports.card_directory()
    ports.bind_card_directory(Cards())
    try:
        talk = _open(desk, "card:2990001")
    finally:
        ports.bind_card_directory(before)
    with desk.world.reading():
        assert conversation(talk.id).contact.customer_id == ola


def test_being_known_ends(desk: Desk, ola: UUID) -> None:
    with clock.frozen(clock.now()):
        now, talk = clock.now(), _open(desk, str(ola))
    almost = now + timedelta(hours=DEFAULTS.known_identity_hours) - timedelta(seconds=1)
    with clock.frozen(almost), desk.world.reading():
        assert conversation(talk.id).contact.identity.level is IdentityLevel.KNOWN
    with clock.frozen(almost + timedelta(seconds=1)), desk.world.reading():
        assert conversation(talk.id).contact.identity.level is IdentityLevel.NONE


def test_anonymous_visitors_are_strangers_to_each_other(desk: Desk) -> None:
    with desk.world.scope():
        first = open_conversation(inbox_id=desk.inbox.id)
        second = open_conversation(inbox_id=desk.inbox.id)
    assert first.contact_id != second.contact_id
    with desk.world.reading():
        assert conversation(first.id).contact.identity.level is IdentityLevel.NONE


@pytest.mark.req("S9")
def test_a_visitor_of_the_web_cannot_choose_who_they_are(desk: Desk, ola: UUID) -> None:
    with desk.world.scope(), pytest.raises(SourceNotAllowed):
        open_conversation(inbox_id=desk.inbox.id, contact=ContactReference(source=f"customer:{ola}"))


def test_the_address_of_a_person_lies_sealed(desk: Desk) -> None:
    talk = _open(desk, "phone:+48999999999")
    with desk.world.reading():
        row = Contact.objects.get(id=talk.contact_id)
    assert b"999999999" not in bytes(row.source_sealed or b"") + bytes(row.source_index)


def _jwt(claims: object, secret: str, header: object = None, *, sign: bool = True) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    signed = f"{part(header or {'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}"
    digest = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest() if sign else b""
    return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def test_a_token_made_by_any_other_program_is_read(desk: Desk) -> None:
    now = clock.now()
    token = _jwt({"exp": int(now.timestamp()) + 60, "sub": "card:7", "name": "x"}, "tajne")
    assert read_visitor(token, secret="tajne", at=now).subject == "card:7"


@pytest.mark.parametrize(
    ("claims", "header", "error"),
    [
        ({"sub": "card:7", "exp": 60}, None, None),
        ({"sub": "card:7", "exp": 60.5}, None, None),
        ({"sub": "card:7", "exp": -1}, None, VisitorTokenExpired),
        ({"sub": "card:7", "exp": 0}, None, VisitorTokenExpired),
        ({"sub": "card:7", "exp": 331}, None, VisitorTokenInvalid),
        ({"sub": "card:7"}, None, VisitorTokenInvalid),
        ({"sub": "card:7", "exp": "60"}, None, VisitorTokenInvalid),
        ({"sub": "card:7", "exp": True}, None, VisitorTokenInvalid),
        ({"sub": "card:7", "exp": 1e300}, None, VisitorTokenInvalid),
        ({"sub": "", "exp": 60}, None, VisitorTokenInvalid),
        ({"sub": 7, "exp": 60}, None, VisitorTokenInvalid),
        ({"sub": "x" * 201, "exp": 60}, None, VisitorTokenInvalid),
        ({"sub": "card:7", "exp": 60, "iat": 3600}, None, VisitorTokenInvalid),
        ({"sub": "card:7", "exp": 60}, {"alg": "none"}, VisitorTokenInvalid),
        ({"sub": "card:7", "exp": 60}, {"alg": "HS512"}, VisitorTokenInvalid),
        ({"sub": "card:7", "exp": 60}, ["HS256"], VisitorTokenInvalid),
        (["card:7"], None, VisitorTokenInvalid),
    ],
)
def test_claims_are_checked_strictly(claims: object, header: object, error: type[BywalecError] | None) -> None:
    now = clock.now().replace(microsecond=0)
    if isinstance(claims, dict):
        claims = {key: _ahead(key, value, now.timestamp()) for key, value in claims.items()}
    token = _jwt(claims, "tajne", header)
    if error is None:
        assert read_visitor(token, secret="tajne", at=now).subject == "card:7"
        return
    with pytest.raises(error):
        read_visitor(token, secret="tajne", at=now)


@pytest.mark.parametrize("forged", ["", "a.b", "a.b.c.d", "..", "ą.b.c", "a" * 3000, "!.!.!"])
def test_what_is_no_token_is_refused(forged: str) -> None:
    with pytest.raises(VisitorTokenInvalid):
        read_visitor(forged, secret="tajne", at=clock.now())


def test_another_secret_no_signature_and_a_changed_claim_are_refused() -> None:
    now = clock.now()
    good = sign_visitor(subject="card:7", secret="tajne", at=now)
    assert read_visitor(good, secret="tajne", at=now).subject == "card:7"
    changed = _jwt({"sub": "card:8", "exp": int(now.timestamp()) + 60}, "inne")
    unsigned = _jwt({"sub": "card:7", "exp": int(now.timestamp()) + 60}, "tajne", {"alg": "none"}, sign=False)
    mixed = ".".join([good.split(".")[0], changed.split(".")[1], good.split(".")[2]])
    for forged in (changed, unsigned, mixed, good[:-2]):
        with pytest.raises(VisitorTokenInvalid):
            read_visitor(forged, secret="tajne", at=now)


def test_a_renewed_secret_ends_old_signatures(desk: Desk, ola: UUID) -> None:
    with desk.world.scope():
        old = sign_visitor(subject=str(ola), secret=signing_secret(desk.inbox.id), at=clock.now())
        renew_secret(inbox_id=desk.inbox.id)
    with desk.world.scope(), pytest.raises(VisitorTokenInvalid):
        open_conversation(inbox_id=desk.inbox.id, visitor_token=old)


def test_a_conversations_token_opens_it_and_no_other(desk: Desk) -> None:
    with desk.world.scope():
        other = open_conversation(inbox_id=desk.inbox.id)
    assert access.organization_of(desk.talk.token) == desk.world.organization
    with desk.world.reading():
        assert access.authenticate(desk.talk.id, desk.talk.token).id == desk.talk.id
        for conversation_id, token in [
            (desk.talk.id, other.token),
            (uuid4(), desk.talk.token),
            (desk.talk.id, desk.talk.token + "x"),
        ]:
            with pytest.raises(ConversationNotFound):
                access.authenticate(conversation_id, token)


@pytest.mark.req("G17", "C30")
@pytest.mark.parametrize("own", ["", "Cześć, tu zawsze świeże bułki", "Witaj, jestem botem od bułek"])
@pytest.mark.parametrize("language", ["pl", "en", "de"])
def test_the_first_words_say_that_a_bot_speaks(desk: Desk, own: str, language: str) -> None:
    with desk.world.scope():
        update_inbox(inbox_id=desk.inbox.id, greeting={"pl": own, "en": own})
        talk = open_conversation(inbox_id=desk.inbox.id, language=language)
        first = messages(talk.id)[0]
    assert first.author is AuthorKind.BOT
    assert discloses(first.text)
    assert own in first.text


@pytest.mark.req("G17", "C30")
def test_a_greeting_that_hides_the_bot_is_noticed() -> None:
    assert not discloses("Cześć, tu Ania ze sklepu, w czym pomóc?")
    assert not discloses("Robota wre")


def test_a_switched_off_inbox_opens_nothing(desk: Desk) -> None:
    with desk.world.scope():
        update_inbox(inbox_id=desk.inbox.id, active=False)
    with desk.world.scope(), pytest.raises(InboxNotFound):
        open_conversation(inbox_id=desk.inbox.id)


def _ahead(key: str, value: object, now: float) -> object:
    if key not in {"exp", "iat"} or isinstance(value, bool) or not isinstance(value, int | float) or value > 1e9:
        return value
    return now + value
