"""The widget on a shop's own website, in a real browser, against the real application, over a network that may fail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bywalec.foundation import administration
from bywalec.foundation.staff import Role
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.inboxes import create_inbox
from bywalec.inbox.models import Conversation
from bywalec.inbox.queries import inboxes
from bywalec.inbox.queries.inboxes import InboxInfo
from bywalec.inbox.queries.messages import MessageView, messages
from bywalec.inbox.rules.kinds import Direction
from tests.plugins.browser import watch
from tests.plugins.serving import Served
from tests.plugins.world import World
from tests.widget.network import BadNetwork
from tests.widget.website import Website

# A busy machine may be slow; nothing here waits longer than it must.
expect.set_options(timeout=20_000)
SCREENSHOTS = Path(__file__).resolve().parents[3] / "var" / "screenshots"


@dataclass(frozen=True, slots=True)
class Device:
    """What a visitor looks at the shop with; sizes in CSS pixels."""

    width: int
    height: int
    touch: bool = False
    scale: float = 1
    theme: Literal["light", "dark"] = "light"
    motion: Literal["reduce", "no-preference"] = "no-preference"


PHONE = Device(390, 844, touch=True, scale=2)
DESK = Device(1440, 900)
Visit = Callable[[Device], "Chat"]


@dataclass(frozen=True, slots=True)
class Counter:
    """Both sides of the shop's counter.

    Args:
        world: the shop.
        inbox: the widget's inbox.
        anna: a consultant.
        website: the shop's own website.
        network: between the browser and the server.
    """

    world: World
    inbox: InboxInfo
    anna: UUID
    website: Website
    network: BadNetwork

    def conversation(self) -> UUID:
        """Return the newest conversation."""
        with self.world.reading():
            return Conversation.objects.order_by("-id").values_list("id", flat=True)[0]

    def conversations(self) -> int:
        """Return how many there are."""
        with self.world.reading():
            return Conversation.objects.count()

    def kept(self) -> list[MessageView]:
        """Return what the newest conversation holds, without notes."""
        conversation = self.conversation()
        with self.world.reading():
            return messages(conversation)

    def from_customer(self) -> list[str]:
        """Return what the server has of the customer, in the order of arrival."""
        arrived = sorted(self.kept(), key=lambda one: one.number)
        return [one.text for one in arrived if one.direction is Direction.INCOMING]

    def reply(self, text: str) -> None:
        """Answer as the consultant."""
        conversation = self.conversation()
        with self.world.scope():
            staff.reply(conversation_id=conversation, staff_id=self.anna, text=text)


class Chat:
    """The widget on a page."""

    def __init__(self, page: Page, website: Website) -> None:
        self.page = page
        self.website = website
        self.widget = page.locator("bywalec-chat")
        self.launcher = self.widget.locator(".launcher")
        self.dialog = self.widget.get_by_role("dialog")
        self.field = self.widget.get_by_role("textbox", name="Twoja wiadomość")
        self.human = self.widget.get_by_role("button", name="Porozmawiaj z człowiekiem")
        self.bubbles = self.widget.locator(".message .text")
        self.own = self.widget.locator(".own .text")
        self.theirs = self.widget.locator(".theirs .text")
        self.from_staff = self.widget.locator(".staff .text")
        self.state = self.widget.locator(".state")

    def visit(self) -> "Chat":
        """Go to the shop's website."""
        self.page.goto(self.website.url)
        return self

    def open(self) -> "Chat":
        """Open the chat."""
        self.launcher.click()
        expect(self.dialog).to_be_visible()
        return self

    def write(self, text: str) -> None:
        """Write and send a message."""
        self.field.fill(text)
        self.field.press("Enter")

    def settled(self, count: int) -> None:
        """Wait until so many own messages have reached the server."""
        expect(self.widget.locator(".own:not(.waits, .failed)")).to_have_count(count)

    def sentence(self, text: str) -> Locator:
        """Return the bubbles with a text."""
        return self.bubbles.filter(has_text=text)


@pytest.fixture
def website() -> Iterator[Website]:
    running = Website()
    yield running
    running.close()


@pytest.fixture
def network(served: Served) -> Iterator[BadNetwork]:
    running = BadNetwork(served.url)
    yield running
    running.close()


@pytest.fixture
def counter(served: Served, world: World, website: Website, network: BadNetwork) -> Counter:
    with world.scope():
        inbox = create_inbox(name="Czat", bot_name="Bywalec", allowed_origins=[website.url])
        anna = administration.add_staff(
            email="anna@example.com", name="Anna Nowak", password=None, role=Role.CONSULTANT
        )
        website.snippet = inboxes.embed_snippet(inbox.id, base_url=network.url, language="pl")
    website.server = network.url
    return Counter(world, inbox, anna, website, network)


@pytest.fixture
def chat(page: Page, counter: Counter) -> Chat:
    return Chat(page, counter.website)


@pytest.fixture
def visit_with(browser: Browser, counter: Counter) -> Iterator[Visit]:
    """Return a function that opens a page on another kind of device."""
    contexts: list[BrowserContext] = []
    broken: list[list[str]] = []

    def visit(device: Device) -> Chat:
        context = browser.new_context(
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            viewport={"width": device.width, "height": device.height},
            has_touch=device.touch,
            device_scale_factor=device.scale,
            color_scheme=device.theme,
            reduced_motion=device.motion,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        opened = context.new_page()
        broken.append(watch(opened))
        return Chat(opened, counter.website).visit()

    yield visit
    for context in contexts:
        context.close()
    assert not any(broken), broken
