"""The menu of the console: what a role may open, with the number of conversations that wait beside the inbox."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the console.

    Args:
        route: name of its first page.
        prefix: beginning of the addresses of all its pages.
        permission: who may open it.
    """

    name: Text
    icon: str
    route: str
    prefix: str
    permission: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A room as the sidebar shows it; ``waiting`` is None where nothing is counted."""

    name: Text
    icon: str
    href: str
    current: bool
    waiting: int | None


ROOMS: Final = (
    Room(_("Inbox"), "inbox", "console:inbox", "/console/inbox/", "inbox.read"),
    Room(_("Members"), "users", "console:members", "/console/members/", "members.read"),
    Room(_("Purchases"), "shopping-bag", "console:purchases", "/console/purchases/", "purchases.read"),
    Room(_("Outbox"), "paper-airplane", "console:outbox", "/console/outbox/", "outbox.read"),
    Room(_("Settings"), "cog-6-tooth", "console:settings", "/console/settings/", "settings.read"),
)


def menu(*, path: str, may: Callable[[str], bool], waiting: int | None) -> list[MenuItem]:
    """Return the rooms a role may open, the one of `path` marked."""
    return [
        MenuItem(
            name=room.name,
            icon=room.icon,
            href=reverse(room.route),
            current=path.startswith(room.prefix),
            waiting=waiting if room.route == "console:inbox" else None,
        )
        for room in ROOMS
        if may(room.permission)
    ]
