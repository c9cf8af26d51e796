"""Errors of HTTP itself, for the doors that speak it."""

from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import BywalecError


class UnsupportedMediaType(BywalecError):
    """The body is of a media type the address does not read."""

    code = "request.content_type"
    status = 415
    title = _("The body has a type that is not read here")
    default_remedy = _("Send the header Content-Type: application/json (a batch: application/x-ndjson).")


class MethodNotAllowed(BywalecError):
    """The address exists, the method does not."""

    code = "request.method"
    status = 405
    title = _("This address does not take this method")
    default_remedy = _("Use one of the methods in the header Allow.")
