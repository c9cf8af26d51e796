"""How allauth is used here: staff only, by invitation, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from bywalec.foundation.models.access import StaffUser


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no type information
    """Closes public sign-up: accounts are made by the owner."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse to let strangers make accounts."""
        return False


def display_name(user: StaffUser) -> str:
    """Return how an account is shown."""
    return user.name
