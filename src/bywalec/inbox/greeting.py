"""The first words of every conversation, in the customer's language."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from bywalec.inbox.rules.disclosure import discloses

LANGUAGES = ("pl", "en")


def spoken_language(language: str | None, *, default: str = "pl") -> str:
    """Return the nearest language the inbox speaks: ``pl-PL`` → ``pl``; unknown ones fall back to the default."""
    short = (language or "").lower().replace("_", "-").split("-", 1)[0]
    return short if short in LANGUAGES else default


def greeting_text(*, own: str, bot: str, shop: str, language: str) -> str:
    """Return the greeting of an inbox; the shop's own words are completed when they hide the bot.

    Args:
        own: the shop's own greeting; empty for ours.
        bot: the bot's name.
        shop: the shop's name.
        language: one of `LANGUAGES`.
    """
    with override(language):
        if not own.strip():
            return _(
                "Hello, this is %(bot)s, the automated assistant (bot) – %(shop)s. Ask me about your points, rewards "
                "or opening hours. You can ask for a person at any time."
            ) % {"bot": bot, "shop": shop}
        if discloses(own):
            return own.strip()
        return _("This is %(bot)s, a bot – %(shop)s.") % {"bot": bot, "shop": shop} + " " + own.strip()
