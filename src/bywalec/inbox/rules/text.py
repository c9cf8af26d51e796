"""What a message may look like."""

import re
import unicodedata
from datetime import datetime, timedelta

from bywalec.foundation.text import words
from bywalec.inbox.errors import ClientIdInvalid, MessageEmpty, MessageTooLong
from bywalec.inbox.rules.limits import DEFAULTS, Limits

# Control characters other than the line break and the tab say nothing to a reader and much to a terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_THANKS_MAX = 6
_THANKS = frozenset(words("dziękuję dziękujemy dzięki dzieks dzienki thx thanks thank"))
_AROUND_THANKS = frozenset(
    words(
        "a i ok oki okej super bardzo serdecznie ślicznie pięknie wielkie za pomoc odpowiedź pozdrawiam świetnie "
        "dobrze rozumiem to wszystko miłego dnia nie you very much so many for your help great"
    )
)


def checked_text(text: str, limits: Limits = DEFAULTS) -> str:
    """Return a message as it is kept: composed, with plain line breaks, without control characters and edges.

    Raises:
        MessageEmpty: nothing is left.
        MessageTooLong: more than the limit.
    """
    if len(text) > limits.message_length_max * 2:
        raise MessageTooLong(field="text", limit=limits.message_length_max)
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = _CONTROL.sub("", lines).strip()
    if not kept:
        raise MessageEmpty(field="text")
    if len(kept) > limits.message_length_max:
        raise MessageTooLong(field="text", limit=limits.message_length_max)
    return kept


def checked_client_id(client_id: str, limits: Limits = DEFAULTS) -> str:
    """Return a sender's own message id.

    Raises:
        ClientIdInvalid: empty, too long or not printable ASCII.
    """
    plain = client_id.isascii() and client_id.isprintable() and client_id.strip() == client_id
    if not plain or not 0 < len(client_id) <= limits.client_id_length_max:
        raise ClientIdInvalid(field="client_id", value=client_id)
    return client_id


def channel_time(
    reported: datetime | None, *, received: datetime, opened: datetime, limits: Limits = DEFAULTS
) -> datetime:
    """Return the time a message is shown and ordered by: the channel's own, kept within what can be true.

    Args:
        reported: what the channel says; None when it says nothing.
        received: when the message came in; nothing was sent later.
        opened: when the conversation began; nothing in it was sent before.
        limits: how far behind a channel may be.
    """
    if reported is None or reported > received:
        return received
    return max(reported, opened, received - timedelta(hours=limits.channel_time_behind_hours_max))


def only_thanks(text: str) -> bool:
    """Say whether a message is a thank-you and nothing more: it asks for nothing and reopens nothing."""
    said = words(text)
    if "?" in text or not 0 < len(said) <= _THANKS_MAX:
        return False
    return any(word in _THANKS for word in said) and all(word in _THANKS or word in _AROUND_THANKS for word in said)
