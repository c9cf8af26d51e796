"""What all tests share: two stores per test, files that no other run uses, and the fixtures of `tests/plugins`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from bywalec.cli.catalogues import compile_catalogues

pytest_plugins = [
    "tests.plugins.append_only",
    "tests.plugins.requirements_report",
    "tests.plugins.selection",
    "tests.plugins.world",
    "tests.plugins.serving",
    "tests.plugins.browser",
]


def pytest_sessionstart() -> None:
    """Let texts be translated in tests started without the launcher."""
    compile_catalogues()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give every test that uses the database both stores: the shop's data and the keys."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        fixtures = getattr(item, "fixturenames", ())
        if mark is None and "db" not in fixtures and "transactional_db" not in fixtures:
            continue
        asked = dict(mark.kwargs) if mark else {}
        if "transactional_db" in fixtures:
            asked["transaction"] = True
        item.add_marker(pytest.mark.django_db(**{"databases": "__all__", **asked}), append=False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Put SQLite's test files into a folder of this process: threads share them, other runs do not."""
    with tempfile.TemporaryDirectory(prefix="bywalec-test-") as folder:
        for connection in connections.all():
            if connection.vendor == "sqlite":
                connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / f"{connection.alias}.sqlite3")
        yield
