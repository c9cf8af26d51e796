"""The console in a real browser: a shop full of work, and people signed in to it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.console.shop_day import PASSWORD, ShopDay, open_shop
from tests.plugins.browser import watch
from tests.plugins.serving import Served
from tests.plugins.world import make_world

SCREENSHOTS = Path(__file__).resolve().parents[3] / "var" / "screenshots"
WIDTHS = {"wide": (1440, 900), "phone": (390, 844)}
Visitor = Callable[..., Page]


@pytest.fixture
def quiet() -> Iterator[None]:
    """Let nobody but the tests work in the shop: no assistant that answers in between."""
    with override_settings(BYWALEC_RUNNER=False):
        yield


@pytest.fixture
def day(transactional_db: None, quiet: None) -> ShopDay:
    """Return a shop in the middle of a working day."""
    return open_shop(make_world("marek"))


@pytest.fixture
def visitor(browser: Browser, day: ShopDay, served: Served) -> Iterator[Visitor]:
    """Return a function that opens a browser of its own, signs somebody in and gives the page.

    Every page is watched: a script that throws or a refusal of the content security policy fails the test.
    """
    opened: list[tuple[BrowserContext, list[str]]] = []

    def visit(email: str | None, *, width: str = "wide", theme: str = "light", scripts: bool = True) -> Page:
        across, down = WIDTHS[width]
        context = browser.new_context(
            base_url=served.url,
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            viewport={"width": across, "height": down},
            has_touch=width == "phone",
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        opened.append((context, watch(page)))
        if email:
            sign_in(page, email)
        return page

    yield visit
    broken = [problem for _, problems in opened for problem in problems]
    for context, _ in opened:
        context.close()
    assert not broken, broken


def sign_in(page: Page, email: str) -> None:
    """Sign in on the page as a person would."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/console/**")


def picture(page: Page, name: str, *, width: str, theme: str) -> None:
    """Save a picture of the page for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    # caret="initial": hiding the caret would inject a style, which the content security policy rightly refuses.
    path = SCREENSHOTS / f"console-{name}-{WIDTHS[width][0]}-{theme}.png"
    page.screenshot(path=path, caret="initial", full_page=width == "phone")
