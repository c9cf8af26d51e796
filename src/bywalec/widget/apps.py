"""Django application of the widget."""

from django.apps import AppConfig


class WidgetConfig(AppConfig):
    """Serves the widget's files and its public settings."""

    name = "bywalec.widget"
    label = "widget"
