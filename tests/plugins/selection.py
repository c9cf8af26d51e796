"""Which tests a run leaves out: long ones unless ``--long``, browsers on PostgreSQL unless the mark asks for both."""

import pytest
from django.db import connection


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--long``."""
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect what does not belong to this run."""
    sqlite = connection.vendor == "sqlite"
    left_out = [item for item in items if _left_out(item, sqlite=sqlite, long=bool(config.getoption("--long")))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def _left_out(item: pytest.Item, *, sqlite: bool, long: bool) -> bool:
    browser = item.get_closest_marker("browser")
    if browser is not None and not sqlite and not browser.kwargs.get("both", False):
        return True
    return item.get_closest_marker("long") is not None and not long
