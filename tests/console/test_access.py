"""Every address of the console names its permission; who has no right to it is told who can give it."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from bywalec.console.permissions import permission_of
from bywalec.console.urls import urlpatterns
from bywalec.foundation.staff import PERMISSIONS, Role
from tests.console.conftest import SignIn
from tests.plugins.world import World

PUBLIC = {"accent"}
GUARDED = [pattern for pattern in urlpatterns if pattern.name not in PUBLIC]


def address(pattern: URLPattern) -> str:
    """Return an address of a pattern, with made-up ids."""
    names = {name: uuid4() for name in pattern.pattern.converters}
    return reverse(f"console:{pattern.name}", kwargs=names)


def permission(pattern: URLPattern) -> str:
    """Return the permission a view names."""
    return permission_of(pattern.callback) or ""


@pytest.mark.req("S1")
def test_every_view_names_a_permission_that_exists() -> None:
    unnamed = [pattern.name for pattern in GUARDED if permission(pattern) not in PERMISSIONS]

    assert unnamed == []


@pytest.mark.req("S1")
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_it_may_and_nothing_else(sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    wrong = []
    for pattern in GUARDED:
        for method in (client.get, client.post):
            status = method(address(pattern)).status_code
            expected = role not in PERMISSIONS[permission(pattern)]
            if status != 405 and (status == 403) != expected:
                wrong.append((pattern.name, role, status))
    assert wrong == []


def test_the_matrix_has_refusals_and_grants() -> None:
    asked = {permission(pattern) for pattern in GUARDED}

    assert {Role.CASHIER in PERMISSIONS[one] for one in asked} == {True, False}


def test_a_refusal_says_whose_it_is(sign_in: SignIn) -> None:
    answer = sign_in(Role.CASHIER).get("/console/settings/")

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Twoja rola w tym sklepie to kasjer" in page
    assert "właściciel, kierownik" in page


@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: str(pattern.name))
@pytest.mark.usefixtures("db")
def test_a_stranger_is_led_to_the_sign_in_page(client: Client, pattern: URLPattern) -> None:
    for answer in (client.get(address(pattern)), client.post(address(pattern))):
        assert answer.status_code in {302, 405}
        if answer.status_code == 302:
            assert answer["Location"].startswith("/accounts/login/?next=/console/")


@pytest.mark.usefixtures("db")
def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(client: Client) -> None:
    answer = client.get("/console/inbox/rows/", headers={"HX-Request": "true", "HX-Current-URL": "/console/inbox/"})

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/accounts/login/?next=/console/inbox/"


def test_an_account_without_a_role_is_told_so(sign_in: SignIn) -> None:
    client = sign_in(Role.CASHIER)
    _dismiss_everybody()

    answer = client.get("/console/")

    assert answer.status_code == 403
    assert "nie masz roli w żadnym sklepie" in answer.content.decode()


def test_nothing_changes_without_the_protection_token(sign_in: SignIn) -> None:
    client = sign_in(Role.OWNER, checks_csrf=True)

    answer = client.post("/console/settings/organization/", {"name": "Cudzy", "accent": "#000000"})

    assert answer.status_code == 403
    assert "Nic nie zostało zapisane" in answer.content.decode()


def test_another_tenants_rows_do_not_exist(sign_in: SignIn, other_world: World, conversation: str) -> None:
    client = sign_in(Role.OWNER, shop=other_world)

    assert client.get(f"/console/inbox/{conversation}/").status_code == 404
    assert client.post(f"/console/inbox/{conversation}/take-over/").status_code == 404


def test_home_leads_each_role_to_its_first_room(sign_in: SignIn) -> None:
    rooms = {role: sign_in(role).get("/console/")["Location"] for role in Role}

    assert rooms[Role.CONSULTANT] == rooms[Role.OWNER] == "/console/inbox/"
    assert rooms[Role.CASHIER] == "/console/members/"
    assert rooms[Role.TRAINER] == "/console/components/"


def _dismiss_everybody() -> None:
    from bywalec.foundation import tenancy
    from bywalec.foundation.models.access import Membership

    with tenancy.everything():
        Membership.objects.update(active=False)
