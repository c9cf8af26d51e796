"""The REST interface as a Django application: it has no tables, only its translations."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the interface's translations."""

    name = "bywalec.api"
    label = "api"
