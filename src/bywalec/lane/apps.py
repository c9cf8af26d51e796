"""The lane as a Django application: it has no tables, only its translations."""

from django.apps import AppConfig


class LaneConfig(AppConfig):
    """Registers the lane's translations."""

    name = "bywalec.lane"
    label = "lane"
