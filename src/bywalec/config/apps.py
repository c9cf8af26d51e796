"""Binds the ports and subscriptions once Django has loaded every area."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The last application to be made ready: wires the areas together."""

    name = "bywalec.config"
    label = "config"

    def ready(self) -> None:
        """Bind ports, subscriptions and recurring jobs."""
        from bywalec.config import subscriptions, wiring

        wiring.bind()
        subscriptions.bind()
