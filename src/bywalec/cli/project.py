"""Where the project's files lie, and how Django is started for a command."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
SOURCE = PROJECT / "src" / "bywalec"


def start_django() -> None:
    """Load the settings and every area; layers forbid the command line to import them."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bywalec.config.settings")
    django.setup()
