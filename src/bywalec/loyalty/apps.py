"""Django application of the loyalty area."""

from django.apps import AppConfig


class LoyaltyConfig(AppConfig):
    """Registers the loyalty area's tables."""

    name = "bywalec.loyalty"
    label = "loyalty"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce what the loyalty area holds about people."""
        from bywalec.loyalty import personal_data

        personal_data.register()
