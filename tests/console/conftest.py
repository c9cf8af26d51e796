"""A shop with staff of every role, and clients signed in as them."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from bywalec.foundation.administration import add_staff
from bywalec.foundation.models.access import StaffUser
from bywalec.foundation.staff import Role
from bywalec.inbox.actions.conversations import ContactReference, open_conversation
from bywalec.inbox.actions.inboxes import create_inbox
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.queries.inboxes import InboxInfo
from tests.plugins.world import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NAMES = {
    Role.OWNER: "Marek Wrona",
    Role.CONSULTANT: "Ola Zielińska",
    Role.CASHIER: "Jan Lis",
}
SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """Return a function that makes a staff member of a role and gives a client signed in as them."""

    def as_role(role: Role, *, name: str = "", shop: World = world, checks_csrf: bool = False) -> Client:
        email = f"{role}{name.replace(' ', '')}@example.com".lower()
        with shop.scope():
            user = add_staff(email=email, name=name or NAMES.get(role, str(role)), password=None, role=role)
        client = Client(enforce_csrf_checks=checks_csrf)
        client.force_login(StaffUser.objects.get(id=user), backend=BACKEND)
        return client

    return as_role


@pytest.fixture
def owner(sign_in: SignIn) -> Client:
    """Return a client of the owner."""
    return sign_in(Role.OWNER)


@pytest.fixture
def consultant(sign_in: SignIn) -> Client:
    """Return a client of a consultant."""
    return sign_in(Role.CONSULTANT)


@pytest.fixture
def inbox(world: World) -> InboxInfo:
    """Return the shop's way in for customers."""
    with world.scope():
        return create_inbox(name="Strona", bot_name="Asystent", allowed_origins=["https://sklep.example"])


@pytest.fixture
def conversation(world: World, inbox: InboxInfo) -> UUID:
    """Return a conversation in which a customer has asked something."""
    with world.scope():
        opened = open_conversation(inbox_id=inbox.id, contact=ContactReference(display_name="Kuba"))
        receive(conversation_id=opened.id, text="Dzień dobry, czy jest chleb?")
        return opened.id
