"""Django application of the store."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Registers the store's tables."""

    name = "bywalec.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce what the store holds about people."""
        from bywalec.store import personal_data

        personal_data.register()
