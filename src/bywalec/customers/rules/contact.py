"""Phone numbers and e-mail addresses in the one form in which they are kept and compared."""

import re
from typing import Literal

import msgspec
import phonenumbers

from bywalec.customers import errors

ContactKind = Literal["phone", "email"]
PHONE_LENGTH_MAX = 40
EMAIL_LENGTH_MAX = 254
LOCAL_PART_LENGTH_MAX = 64
DEFAULT_REGION = "PL"
_PHONE = re.compile(r"[+0-9\s\u00a0\u202f()./\-–]+")
_FORBIDDEN = r"\s@<>()\[\]\\,;:\"\x00-\x1f"
_EMAIL = re.compile(rf"(?P<local>[^{_FORBIDDEN}]+)@(?P<domain>[^{_FORBIDDEN}]+\.[^{_FORBIDDEN}.]{{2,}})")


class NewContactPoint(msgspec.Struct, frozen=True):
    """A contact point as it was given; ``verified`` when its owner has proved it."""

    kind: ContactKind
    value: str
    verified: bool = False


def normalise_phone(text: str, region: str = DEFAULT_REGION, *, field: str = "phone") -> str:
    """Return a phone number in E.164 (ITU-T), such as ``+48600700800``.

    Args:
        text: as people write it: spaces, dashes, brackets, 00 or + before the country code.
        region: country assumed when none is written (ISO 3166); Poland by default.
        field: path named in the error.

    Raises:
        InvalidInput: `BadPhone` with the field, the value and how to write it.
    """
    if not _PHONE.fullmatch(text) or len(text) > PHONE_LENGTH_MAX:
        raise errors.BadPhone(field=field, value=text)
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        raise errors.BadPhone(field=field, value=text) from error
    if not phonenumbers.is_valid_number(number):
        raise errors.BadPhone(field=field, value=text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def national_digits(e164: str) -> str:
    """Return the digits of a number in E.164 without its country code: ``600700800``."""
    return phonenumbers.national_significant_number(phonenumbers.parse(e164, None))


def normalise_email(text: str, *, field: str = "email") -> str:
    """Return an e-mail address in lower case with its domain in ASCII (RFC 5321 lengths, RFC 3490 domains).

    Raises:
        InvalidInput: `BadEmail` with the field and the value.
    """
    bare = text.strip().lower()
    match = _EMAIL.fullmatch(bare)
    if match is None or len(bare) > EMAIL_LENGTH_MAX or len(match["local"]) > LOCAL_PART_LENGTH_MAX:
        raise errors.BadEmail(field=field, value=text)
    if ".." in bare or match["local"].startswith(".") or match["local"].endswith("."):
        raise errors.BadEmail(field=field, value=text)
    try:
        domain = match["domain"].encode("idna").decode("ascii")
    except UnicodeError as error:
        raise errors.BadEmail(field=field, value=text) from error
    return f"{match['local']}@{domain}"


def normalise(kind: str, value: str, *, field: str | None = None) -> str:
    """Return the kept form of a contact point of either kind.

    Raises:
        InvalidInput: the value is none of its kind, or the kind does not exist.
    """
    if kind == "phone":
        return normalise_phone(value, field=field or "phone")
    if kind == "email":
        return normalise_email(value, field=field or "email")
    raise errors.BadContactKind(field=field or "kind", value=kind)
