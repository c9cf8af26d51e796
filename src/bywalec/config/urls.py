"""Addresses of everything Django serves; the lane's own come before (see ``asgi.py``)."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/console/", permanent=False)),
    path("accounts/", include("allauth.account.urls")),
]
