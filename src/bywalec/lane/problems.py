"""Every error of the lane becomes one problem document (RFC 9457) in the caller's language."""

from functools import lru_cache

import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from bywalec.foundation.errors import BywalecError, problem_headers
from bywalec.lane.http import Headers, Reply, Request

CONTENT_TYPE = b"application/problem+json"
_encoder = msgspec.json.Encoder(enc_hook=str)


def problem_reply(error: BywalecError, request: Request) -> Reply:
    """Render an error as the reply to a request."""
    headers: Headers = [
        (name.lower().encode(), value.encode("latin-1")) for name, value in problem_headers(error).items()
    ]
    if error.status == 401:
        headers.append((b"www-authenticate", b"Bearer"))
    language = request_language(request)
    headers += [(b"content-language", language.encode()), (b"vary", b"Accept-Language")]
    return Reply(error.status, _encoder.encode(problem(error, request, language)), CONTENT_TYPE, headers)


def problem(error: BywalecError, request: Request, language: str) -> dict[str, object]:
    """Return the problem document of an error in a language."""
    with translation.override(language):
        return error.as_problem(instance=f"urn:request:{request.id}")


def request_language(request: Request) -> str:
    """Return the language the caller reads best of those spoken here; the installation's own by default."""
    return _language(request.header(b"accept-language")[:200])


@lru_cache(maxsize=256)
def _language(accept: str) -> str:
    spoken = {code for code, _name in settings.LANGUAGES}
    for wanted, _quality in parse_accept_lang_header(accept):
        for code in (wanted, wanted.split("-", 1)[0]):
            if code in spoken:
                return code
    return settings.LANGUAGE_CODE
