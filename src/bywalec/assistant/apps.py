"""Django application of the assistant."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    """Registers the assistant's tables."""

    name = "bywalec.assistant"
    label = "assistant"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Announce what the assistant holds about people."""
        from bywalec.assistant import personal_data

        personal_data.register()
