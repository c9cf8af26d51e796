"""Web origins a shop allows its widget on, in the one form in which they are compared."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from bywalec.inbox.errors import OriginInvalid

_HOST = re.compile(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")
_DEFAULT_PORTS = {"https": 443, "http": 80}
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})


def normalise_origin(text: str) -> str:
    """Return ``scheme://host[:port]`` as browsers send it in the header ``Origin``.

    Plain http is taken for this machine only.

    Raises:
        OriginInvalid: it is no origin.
    """
    parts = urlsplit(text.strip().lower())
    try:
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as error:  # no number, or no name the web can have
        raise OriginInvalid(value=text) from error
    if parts.scheme not in _DEFAULT_PORTS or not _HOST.match(host) or parts.username is not None:
        raise OriginInvalid(value=text)
    if parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise OriginInvalid(value=text)
    if parts.scheme == "http" and host not in _LOCAL_HOSTS:
        raise OriginInvalid(value=text)
    suffix = "" if port is None or port == _DEFAULT_PORTS[parts.scheme] else f":{port}"
    return f"{parts.scheme}://{host}{suffix}"


def normalise_origins(texts: Iterable[str]) -> list[str]:
    """Return origins in comparable form, without repetition, in order."""
    return list(dict.fromkeys(normalise_origin(text) for text in texts))
