"""Addresses of everything Django serves; the lane's own come before (see ``asgi.py``)."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from bywalec.api.application import urlpatterns as api_urlpatterns
from bywalec.config.openapi import openapi_json

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/console/", permanent=False)),
    path("api/v1/openapi.json", openapi_json, name="openapi"),
    path("api/v1/", include((api_urlpatterns(), "api"))),
    path("accounts/", include("allauth.account.urls")),
    path("console/", include("bywalec.console.urls")),
    path("", include("bywalec.widget.urls")),
]
handler400 = "bywalec.console.errors.bad_request"
handler403 = "bywalec.console.errors.forbidden"
handler404 = "bywalec.console.errors.not_found"
handler500 = "bywalec.console.errors.server_error"
