"""Settings: saved, refused with a sentence beside the field, secrets shown once."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from bywalec.foundation import api_keys, clock, messaging, queries
from bywalec.foundation.errors import Unauthenticated
from bywalec.inbox.queries import inboxes
from bywalec.inbox.queries.inboxes import InboxInfo
from bywalec.store.queries import hours
from tests.plugins.world import World


def test_name_and_colour_are_saved(owner: Client, world: World) -> None:
    page = owner.post("/console/settings/organization/", {"name": "U Marka", "accent": "#b91c1c"}, follow=True)

    assert "Nazwa i kolor zapisane." in page.content.decode()
    assert "/console/accent/b91c1c.css" in page.content.decode()
    with world.reading():
        assert (queries.organization().name, queries.organization().accent) == ("U Marka", "#b91c1c")


@pytest.mark.parametrize("form", [{"name": "", "accent": "#b91c1c"}, {"name": "U Marka", "accent": "red}"}])
def test_what_cannot_be_is_refused(owner: Client, world: World, form: dict[str, str]) -> None:
    answer = owner.post("/console/settings/organization/", form)

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    with world.reading():
        assert queries.organization().name == "Sklep marek"


def test_the_address_of_the_shop_is_saved(owner: Client, world: World) -> None:
    form = {"name": "Ząbkowska", "street": "Ząbkowska 12", "postal_code": "03-736", "city": "Warszawa", "phone": "22"}
    owner.post(f"/console/settings/shops/{world.shop}/", form)

    with world.reading():
        shop = queries.shop(world.shop)
    assert (shop.name, shop.street, shop.city) == ("Ząbkowska", "Ząbkowska 12", "Warszawa")


def test_another_tenants_shop_is_not_here(owner: Client, other_world: World) -> None:
    answer = owner.post(f"/console/settings/shops/{other_world.shop}/", {"name": "Mój"})

    assert answer.status_code == 404
    with other_world.reading():
        assert queries.shop(other_world.shop).name == "Praga"


def test_hours_are_saved_as_they_are_written(owner: Client, world: World) -> None:
    owner.post(f"/console/settings/shops/{world.shop}/week/", {"day_1": "6–21", "day_6": "9-13, 14-18"})

    with world.reading():
        assert hours.weekly_hours(world.shop) == {1: ((360, 1260),), 6: ((540, 780), (840, 1080))}


def test_hours_that_cannot_be_keep_what_was_written(owner: Client, world: World) -> None:
    answer = owner.post(f"/console/settings/shops/{world.shop}/week/", {"day_1": "od rana", "day_2": "6–21"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="od rana"' in page
    assert "Napisz godziny tak: 6:00–21:00" in page
    with world.reading():
        assert hours.weekly_hours(world.shop) == {}


def test_a_day_differs_and_is_usual_again(owner: Client, world: World) -> None:
    day = clock.today("Europe/Warsaw") + timedelta(days=3)
    address = f"/console/settings/shops/{world.shop}/days/"
    owner.post(address, {"day": day.isoformat(), "hours": "", "note": "Liczymy towar"})
    assert "Liczymy towar" in owner.get("/console/settings/").content.decode()

    owner.post(f"{address}usual/", {"day": day.isoformat()})
    assert "Liczymy towar" not in owner.get("/console/settings/").content.decode()


def test_a_key_is_shown_once_and_works(owner: Client, world: World) -> None:
    answer = owner.post(
        "/console/settings/keys/", {"name": "Kasa 1", "till": str(world.till), "scopes": ["purchases:write"]}
    )

    assert answer.status_code == 201
    assert "no-store" in answer["Cache-Control"]
    token = re.findall(r"bk_[0-9a-f]{32}_[\w-]+", answer.content.decode())
    assert len(token) == 1
    assert api_keys.authenticate(token[0]).till == world.till
    assert token[0] not in owner.get("/console/settings/keys/").content.decode()


def test_a_key_without_a_name_or_a_scope_is_not_issued(owner: Client, world: World) -> None:
    answer = owner.post("/console/settings/keys/", {"name": ""})

    assert answer.status_code == 422
    assert "Zaznacz przynajmniej jedno." in answer.content.decode()
    with world.reading():
        assert api_keys.listed() == []


def test_a_revoked_key_stops_at_once(owner: Client, world: World) -> None:
    with world.scope():
        key = api_keys.issue(name="Kasa 1", scopes=["purchases:write"])

    page = owner.post(f"/console/settings/keys/{key.id}/revoke/", follow=True).content.decode()

    assert "unieważniony" in page
    with pytest.raises(Unauthenticated):
        api_keys.authenticate(key.token)


def test_the_chat_is_saved_and_its_code_shown(owner: Client, world: World, inbox: InboxInfo) -> None:
    form = {
        "bot_name": "Zosia",
        "greeting_pl": "Dzień dobry, odpowiada automat.",
        "allowed_origins": "https://Sklep.example/\nhttps://sklep.example\n",
    }
    page = owner.post(f"/console/settings/chat/{inbox.id}/", form, follow=True).content.decode()

    assert f"data-inbox=&quot;{inbox.token}&quot;" in page
    with world.reading():
        saved = inboxes.inbox(inbox.id)
    assert (saved.bot_name, saved.allowed_origins) == ("Zosia", ("https://sklep.example",))


def test_a_website_that_is_none_is_named(owner: Client, inbox: InboxInfo) -> None:
    form = {"bot_name": "Zosia", "allowed_origins": "https://sklep.example\nhttp://zly.example/x"}
    answer = owner.post(f"/console/settings/chat/{inbox.id}/", form)

    assert answer.status_code == 422
    assert "(http://zly.example/x)" in answer.content.decode()


def test_the_chat_is_tried_on_the_page_itself(owner: Client, world: World, inbox: InboxInfo) -> None:
    assert "<bywalec-chat data-inbox" not in owner.get("/console/settings/chat/").content.decode()

    refused = owner.post(f"/console/settings/chat/{inbox.id}/preview/", follow=True)
    assert "Czat działa tylko pod bezpiecznymi adresami" in refused.content.decode()
    owner.post(f"/console/settings/chat/{inbox.id}/preview/", headers={"host": "localhost"})

    page = owner.get("/console/settings/chat/", headers={"host": "localhost"}).content.decode()
    assert f'<bywalec-chat data-inbox="{inbox.token}"' in page


def test_the_signing_secret_is_shown_only_when_asked(owner: Client, world: World, inbox: InboxInfo) -> None:
    with world.reading():
        secret = inboxes.signing_secret(inbox.id)
    assert secret not in owner.get("/console/settings/chat/").content.decode()

    answer = owner.post(f"/console/settings/chat/{inbox.id}/secret/")

    assert secret in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_first_chat_is_made_from_the_empty_page(owner: Client, world: World) -> None:
    assert "Nie ma jeszcze czatu" in owner.get("/console/settings/chat/").content.decode()

    owner.post("/console/settings/chat/new/")

    with world.reading():
        assert len(inboxes.inboxes()) == 1


def test_staff_are_listed_with_their_roles(owner: Client, consultant: Client) -> None:
    page = owner.get("/console/settings/staff/").content.decode()

    assert "Ola Zielińska" in page
    assert "konsultant" in page


def test_the_outbox_shows_what_waits(owner: Client, world: World) -> None:
    assert "Nie ma nic do wysłania" in owner.get("/console/outbox/").content.decode()
    with world.scope():
        from bywalec.customers.actions.register import register_customer

        customer = register_customer(name="Anna Kowalska")
        messaging.queue(
            subject=customer.id,
            channel="sms",
            address="+48600700800",
            purpose="loyalty.welcome",
            text="Witaj u Marka.",
        )

    page = owner.get("/console/outbox/").content.decode()

    assert "Witaj u Marka." in page
    assert "Powitanie w programie" in page
    assert "czeka" in page
