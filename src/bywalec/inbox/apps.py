"""Django application of the inbox."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Registers the inbox's tables."""

    name = "bywalec.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce what the inbox holds about people."""
        from bywalec.inbox import personal_data

        personal_data.register()
