"""One request of a signed-in staff member: who, where, the unit of work, and the page that answers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bywalec.console.menu import menu
from bywalec.console.states import role_name
from bywalec.foundation import tenancy
from bywalec.foundation.actor import Actor, acting_as
from bywalec.foundation.queries import OrganizationInfo, ShopInfo
from bywalec.foundation.staff import StaffInfo, allowed
from bywalec.inbox.queries.queue import View

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Visit:
    """What a view of the console gets in place of the bare request.

    Args:
        request: the request itself.
        staff: who is signed in, with their role here.
        organization: the tenant they work in.
        shops: its shops, by name.
        counts: conversations in each part of the queue; None for who may not see them.
    """

    request: HttpRequest
    staff: StaffInfo
    organization: OrganizationInfo
    shops: tuple[ShopInfo, ...]
    counts: Mapping[View, int] | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read in one unit of work of the organization."""
        with tenancy.reading(self.organization.id), acting_as(self.actor):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write in one unit of work of the organization, in the name of the staff member."""
        with tenancy.scope(self.organization.id), acting_as(self.actor):
            yield

    @property
    def waiting(self) -> int | None:
        """How many conversations wait for a person; None for who may not see them."""
        return None if self.counts is None else self.counts.get(View.WAITING, 0)

    @property
    def actor(self) -> Actor:
        """The staff member as the audit log names them."""
        return Actor("staff", self.staff.id, self.staff.name)

    @property
    def wants_part(self) -> bool:
        """Whether htmx asks for a part of the page (and not, going back in history, for all of it)."""
        headers = self.request.headers
        return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"

    def cursor(self, name: str) -> UUID | None:
        """Return the cursor of a list from the query string; an unreadable one begins at the newest."""
        try:
            return UUID(self.request.GET[name])
        except (KeyError, ValueError):
            return None

    def may(self, permission: str) -> bool:
        """Say whether the staff member has a permission."""
        return allowed(self.staff.role, permission)

    def page(self, template: str, context: Mapping[str, object] | None = None, *, status: int = 200) -> HttpResponse:
        """Render a template with what every page of the console needs."""
        return render(self.request, template, {**self._frame(), **(context or {})}, status=status)

    def _frame(self) -> dict[str, object]:
        return {
            "visit": self,
            "staff": self.staff,
            "organization": self.organization,
            "shop": self.shops[0] if self.shops else None,
            "zone": self.organization.timezone,
            "currency": self.organization.currency,
            "theme": self.staff.theme,
            "accent": self.organization.accent.lstrip("#").lower(),
            "may": Permissions(self.staff),
            "menu": menu(path=self.request.path, may=self.may, waiting=self.waiting),
            "role": role_name(self.staff.role),
            "languages": settings.LANGUAGES,
        }


@dataclass(frozen=True, slots=True)
class Permissions:
    """Lets a template ask ``{% if may.members_enrol %}`` for the permission ``members.enrol``."""

    staff: StaffInfo

    def __getitem__(self, name: str) -> bool:
        """Answer for a permission written with an underscore in place of its first dot."""
        return allowed(self.staff.role, name.replace("_", ".", 1))
