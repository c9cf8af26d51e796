"""Identifiers: time-ordered keys for rows, secrets and the tokens that carry them outside.

A public token names its organization in clear, so that the tenant can be entered before anything is read.
"""

import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

from bywalec.foundation.errors import InvalidToken

TOKEN_LENGTH_MAX = 200


def new_id() -> UUID:
    """Return a new UUIDv7 (RFC 9562), ordered by time of creation."""
    return uuid7()


def secret(nbytes: int = 24) -> str:
    """Return a random URL-safe secret with ``nbytes`` bytes of entropy."""
    return secrets.token_urlsafe(nbytes)


def public_token(kind: str, organization: UUID, value: str) -> str:
    """Join kind, organization and value to one token such as ``bk_<32 hex>_<value>``."""
    return f"{kind}_{organization.hex}_{value}"


def split_token(token: str, kind: str) -> tuple[UUID, str]:
    """Return the organization and the value of a token made by `public_token`.

    Raises:
        InvalidToken: the token is of another kind or form.
    """
    parts = token.split("_", 2)
    if len(token) > TOKEN_LENGTH_MAX or len(parts) != 3 or parts[0] != kind or not parts[2]:
        raise InvalidToken
    try:
        return UUID(hex=parts[1]), parts[2]
    except ValueError as error:
        raise InvalidToken from error
