"""A real browser: the system's Chromium driven by Playwright, in Polish, in Warsaw.

A page fails its test when a script of ours throws or the content security policy had to refuse something.
"""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

WIDTH_PX, HEIGHT_PX = 1440, 900
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser once a file. Playwright keeps an event loop in this thread, so Django must tolerate one."""
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is missing: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=program, args=FLAGS, headless=True)
            yield running
            running.close()


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a fresh profile on a desk's screen; tests for a phone open their own with another viewport."""
    context = browser.new_context(
        locale="pl-PL", timezone_id="Europe/Warsaw", viewport={"width": WIDTH_PX, "height": HEIGHT_PX}
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Iterator[Page]:
    """Open a page and see to it that nothing broke on it."""
    opened = browser_context.new_page()
    broken = watch(opened)
    yield opened
    assert not broken, broken


def watch(page: Page) -> list[str]:
    """Return a list that fills with what breaks on a page from now on."""
    broken: list[str] = []

    def on_error(error: Error) -> None:
        broken.append(str(error))

    def on_message(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            broken.append(message.text)

    page.on("pageerror", on_error)
    page.on("console", on_message)
    return broken
