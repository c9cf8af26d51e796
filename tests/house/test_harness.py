"""The house's own tools: both stores are there, the world is a tenant, the application answers, the browser opens."""

import pytest
from playwright.sync_api import Page, expect

from bywalec.foundation import queries
from tests.plugins.serving import Served
from tests.plugins.world import World


def test_a_world_is_a_tenant_with_a_shop_and_a_till(world: World, other_world: World) -> None:
    with world.reading():
        assert [shop.id for shop in queries.shops()] == [world.shop]
        assert [till.id for till in queries.tills()] == [world.till]


def test_the_application_is_served_over_http(served: Served) -> None:
    answer = served.client.get("/accounts/login/")

    assert answer.status_code == 200, answer.text


@pytest.mark.browser
def test_a_browser_opens_the_sign_in_page(served: Served, page: Page) -> None:
    page.goto(served.url + "/accounts/login/")

    expect(page.get_by_role("button").first).to_be_visible()
