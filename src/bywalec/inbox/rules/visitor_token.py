"""The shop's word on who its visitor is: a JSON Web Token signed with the inbox's secret.

The compact form of RFC 7515/7519 with HMAC-SHA256, so that any shop can make it with a library of its language.
Claims: ``sub`` (who), ``exp`` (at most five minutes ahead), ``iat`` (optional). Only the one algorithm is accepted,
whatever the header asks for.
"""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bywalec.inbox.errors import VisitorTokenExpired, VisitorTokenInvalid
from bywalec.inbox.rules.limits import DEFAULTS, Limits

SUBJECT_LENGTH_MAX = 200
_HEADER = {"alg": "HS256", "typ": "JWT"}
# The latest second a datetime can hold is far beyond any honest claim; larger numbers are refused before they overflow.
_SECONDS_MAX = 2**40


@dataclass(frozen=True, slots=True)
class VisitorClaims:
    """What a valid token says.

    Args:
        subject: ``<customer id>``, ``phone:+48…``, ``email:…`` or ``card:…``.
        expires: when the token ends.
    """

    subject: str
    expires: datetime


def sign_visitor(*, subject: str, secret: str, at: datetime, seconds: int = 240) -> str:
    """Return a token for a visitor, as a shop's server would make it.

    Args:
        subject: who the visitor is, see `VisitorClaims`.
        secret: the inbox's secret.
        at: the present moment.
        seconds: life of the token.
    """
    claims = {"sub": subject, "iat": int(at.timestamp()), "exp": int((at + timedelta(seconds=seconds)).timestamp())}
    signed = f"{_encode(_HEADER)}.{_encode(claims)}"
    return f"{signed}.{_text(_signature(signed, secret))}"


def read_visitor(token: str, *, secret: str, at: datetime, limits: Limits = DEFAULTS) -> VisitorClaims:
    """Verify a token and return its claims.

    Raises:
        VisitorTokenInvalid: form, algorithm, signature or claims are not right.
        VisitorTokenExpired: it was right and its time is over.
    """
    parts = token.split(".")
    if len(token) > limits.visitor_token_length_max or len(parts) != 3 or not token.isascii():
        raise VisitorTokenInvalid
    if not hmac.compare_digest(_bytes(parts[2]), _signature(f"{parts[0]}.{parts[1]}", secret)):
        raise VisitorTokenInvalid
    if _decode(parts[0]).get("alg") != "HS256":
        raise VisitorTokenInvalid
    claims = _decode(parts[1])
    subject, expires = claims.get("sub"), _moment(claims.get("exp"))
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH_MAX:
        raise VisitorTokenInvalid(field="sub")
    skew = timedelta(seconds=limits.clock_skew_seconds)
    if "iat" in claims and _moment(claims["iat"]) > at + skew:
        raise VisitorTokenInvalid(field="iat")
    if expires > at + timedelta(seconds=limits.visitor_token_seconds_max) + skew:
        raise VisitorTokenInvalid(field="exp")
    if expires <= at:
        raise VisitorTokenExpired
    return VisitorClaims(subject, expires)


def _moment(value: object) -> datetime:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _SECONDS_MAX:
        raise VisitorTokenInvalid(field="exp")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise VisitorTokenInvalid(field="exp") from error


def _signature(signed: str, secret: str) -> bytes:
    return hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()


def _encode(part: dict[str, object] | dict[str, str]) -> str:
    return _text(json.dumps(part, separators=(",", ":")).encode())


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise VisitorTokenInvalid from error


def _decode(part: str) -> dict[str, object]:
    try:
        value = json.loads(_bytes(part))
    except (ValueError, RecursionError) as error:
        raise VisitorTokenInvalid from error
    if not isinstance(value, dict):
        raise VisitorTokenInvalid
    return value
