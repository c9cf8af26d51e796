"""Django application of the foundation."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Registers the foundation's tables."""

    name = "bywalec.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce what the foundation holds about people."""
        from bywalec.foundation import personal_data

        personal_data.register()
