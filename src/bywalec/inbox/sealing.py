"""Sealing what customers say under the key of their contact, and opening it for those who may read."""

import json
from collections.abc import Mapping
from typing import cast
from uuid import UUID

from bywalec.foundation import crypto
from bywalec.inbox.errors import PersonErased

MESSAGE_TEXT = "inbox.message.text"
MESSAGE_EVIDENCE = "inbox.message.evidence"
CONTACT_NAME = "inbox.contact.display_name"
CONTACT_SOURCE = "inbox.contact.source"
HANDOFF_SUMMARY = "inbox.handoff.summary"
HANDOFF_FACTS = "inbox.handoff.facts"
SIGNING = "inbox.inbox.secret"


def seal_text(text: str, *, subject: UUID, field: str, row: UUID) -> bytes:
    """Seal a text of a subject for one field of one row.

    Raises:
        PersonErased: the person's data was erased; nothing more can be said to or by them here.
    """
    try:
        return crypto.seal(subject=subject, field=field, row=row, text=text)
    except crypto.Erased as error:
        raise PersonErased from error


def open_text(blob: bytes | memoryview | None, *, subject: UUID, field: str, row: UUID) -> str | None:
    """Return a sealed text, or None when there is none or the person's key was destroyed."""
    if blob is None:
        return None
    try:
        return crypto.unseal(subject=subject, field=field, row=row, blob=blob)
    except crypto.Erased:
        return None


def seal_data(data: Mapping[str, object], *, subject: UUID, field: str, row: UUID) -> bytes:
    """Seal a JSON object; moments, ids and decimals become text."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return seal_text(text, subject=subject, field=field, row=row)


def open_data(blob: bytes | memoryview | None, *, subject: UUID, field: str, row: UUID) -> dict[str, object]:
    """Return a sealed JSON object, or an empty one when there is none or it was erased."""
    text = open_text(blob, subject=subject, field=field, row=row)
    return cast("dict[str, object]", json.loads(text)) if text else {}
