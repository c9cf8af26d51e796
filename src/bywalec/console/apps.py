"""The console as a Django application."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Pages for staff at /console/."""

    name = "bywalec.console"
    label = "console"
