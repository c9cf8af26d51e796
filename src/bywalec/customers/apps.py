"""Django application of the customers area."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Registers the tables about people."""

    name = "bywalec.customers"
    label = "customers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce what the area holds about people."""
        from bywalec.customers import personal_data

        personal_data.register()
