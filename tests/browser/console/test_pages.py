"""Every page of the console in both themes and both widths: readable by machine, nothing wider than the screen.

The pictures land in var/screenshots and are looked at before a change is done.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.console.conftest import Visitor, picture
from tests.browser.console.shop_day import JAN, MAREK, ShopDay

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def pages(day: ShopDay) -> dict[str, str]:
    """Return the pages of the owner, by the name of their picture."""
    handoff, guest = day.conversations["handoff"], day.conversations["guest"]
    return {
        "inbox": "/console/inbox/",
        "conversation": f"/console/inbox/{handoff}/",
        "conversation-note": f"/console/inbox/{day.conversations['invoice']}/",
        "conversation-guest": f"/console/inbox/{guest}/",
        "customer": f"/console/inbox/{handoff}/customer/",
        "inbox-mine-empty": "/console/inbox/?view=mine",
        "members": "/console/members/",
        "members-found": "/console/members/?q=kowal",
        "members-none": "/console/members/?q=zzz",
        "member": f"/console/members/{day.members[0]}/",
        "enrol": "/console/members/new/",
        "purchases": "/console/purchases/",
        "purchase": f"/console/purchases/{day.claimed}/",
        "purchase-unclaimed": f"/console/purchases/{day.unclaimed}/",
        "outbox": "/console/outbox/",
        "settings": "/console/settings/",
        "programme": "/console/settings/programme/",
        "embed-code": "/console/settings/chat/",
        "keys": "/console/settings/keys/",
        "staff": "/console/settings/staff/",
        "components": "/console/components/",
        "error-404": "/console/nowhere/",
    }


def problems(page: Page, name: str) -> list[str]:
    """Say what axe finds on a page, and whether it is wider than the screen."""
    found = AXE.run(page, options=RULES)
    told = [
        f"{name}: {one['id']}: {node['html'][:160]}" for one in found.response["violations"] for node in one["nodes"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*told, f"{name}: {wide} px too wide"] if wide > 0 else told


@pytest.mark.browser
@pytest.mark.req("A1")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "phone"])
def test_every_page_reads_well(visitor: Visitor, day: ShopDay, width: str, theme: str) -> None:
    page = visitor(MAREK, width=width, theme=theme)
    found = []
    for name, address in pages(day).items():
        page.goto(address)
        found += problems(page, name)
        picture(page, name, width=width, theme=theme)
    assert found == []


@pytest.mark.browser
@pytest.mark.req("A1")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", ["wide", "phone"])
def test_the_way_in_reads_well(visitor: Visitor, day: ShopDay, width: str, theme: str) -> None:
    page = visitor(None, width=width, theme=theme)
    found = []
    for name, address in {"sign-in": "/accounts/login/", "reset": "/accounts/password/reset/"}.items():
        page.goto(address)
        found += problems(page, name)
        picture(page, name, width=width, theme=theme)
    page.goto("/accounts/login/")
    page.fill("[name=login]", "nobody@example.com")
    page.fill("[name=password]", "not the password")
    page.press("[name=password]", "Enter")
    page.wait_for_selector("[role=alert]")
    found += problems(page, "sign-in-refused")
    picture(page, "sign-in-refused", width=width, theme=theme)
    page.context.clear_cookies()
    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_refusal_reads_well(visitor: Visitor, day: ShopDay, theme: str) -> None:
    page = visitor(JAN, theme=theme)
    page.goto("/console/settings/")

    found = problems(page, "error-403")
    picture(page, "error-403", width="wide", theme=theme)

    assert page.inner_text("h1") == "Twoja rola w tym sklepie to kasjer, a ta strona do niej nie należy."
    assert found == []


@pytest.mark.browser
def test_what_axe_would_find_is_found(visitor: Visitor, day: ShopDay) -> None:
    page = visitor(MAREK)
    page.goto("/console/members/")
    page.evaluate("document.querySelector('[data-search]').previousElementSibling.remove()")
    page.evaluate("document.querySelector('[data-search]').removeAttribute('placeholder')")

    assert any("label" in problem for problem in problems(page, "members"))


@pytest.mark.browser
def test_a_drawer_a_menu_and_a_dialog_open_and_close(visitor: Visitor, day: ShopDay) -> None:
    page = visitor(MAREK, width="phone")
    page.goto("/console/members/")
    page.click("[popovertarget=sidebar]")
    assert page.is_visible("#sidebar >> text=Zakupy")
    found = problems(page, "drawer")
    picture(page, "drawer", width="phone", theme="light")
    page.keyboard.press("Escape")
    assert not page.is_visible("#sidebar >> text=Zakupy")

    page.click("[popovertarget=user-menu]")
    assert page.is_visible("text=Wyloguj się")
    found += problems(page, "user-menu")
    picture(page, "user-menu", width="phone", theme="light")
    page.keyboard.press("Escape")

    page.goto("/console/settings/keys/")
    page.click("[command=show-modal]")
    assert page.is_visible("text=Unieważnić klucz Kasa 1?")
    found += problems(page, "dialog")
    picture(page, "dialog", width="phone", theme="light")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=Unieważnić klucz Kasa 1?")
    assert found == []


@pytest.mark.browser
def test_appearance_and_language_stay_with_the_person(visitor: Visitor, day: ShopDay) -> None:
    page = visitor(MAREK)
    page.goto("/console/members/")
    page.click(".topbar [name=theme][value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.click("[popovertarget=user-menu]")
    page.click("#user-menu [name=language][value=en]")
    assert page.inner_text("h1") == "Members"
    picture(page, "members-english", width="wide", theme="dark")

    elsewhere = visitor(MAREK)
    elsewhere.goto("/console/members/")
    assert (elsewhere.get_attribute("html", "data-theme"), elsewhere.inner_text("h1")) == ("dark", "Members")
