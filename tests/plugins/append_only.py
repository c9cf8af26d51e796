"""Lets the test runner empty tables that refuse every DELETE; only there, only between tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.commands.flush import Command as Flush

from bywalec.foundation.append_only import lifted


@pytest.fixture(scope="session", autouse=True)
def _flush_lifts_append_only() -> Iterator[None]:
    """Take the triggers away while a transactional test's rows are flushed."""
    handle = Flush.handle

    def handle_without_triggers(self: Flush, **options: Any) -> None:
        with lifted():
            handle(self, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flush, "handle", handle_without_triggers)
        yield
