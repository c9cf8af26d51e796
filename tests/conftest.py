"""What all tests share: two stores per test, files that no other run uses, and the fixtures of `tests/plugins`."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from bywalec.cli.catalogues import compile_catalogues
from tests.plugins.templates import begin_with_template, keep_template

MEMORY_BYTES_MIN = 2_000_000_000

pytest_plugins = [
    "tests.plugins.append_only",
    "tests.plugins.properties",
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
    with tempfile.TemporaryDirectory(prefix="bywalec-test-", dir=_quick_folder()) as folder:
        for connection in connections.all():
            begin_with_template(connection, Path(folder))
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django take a store as it finds it: SQLite's come from a template, and the server is thrown away."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Keep what was migrated now for the next run."""
    with django_db_blocker.unblock():
        for connection in connections.all():
            keep_template(connection)


def _quick_folder() -> Path | None:
    """Choose memory rather than a disk where there is plenty: tests kill processes, never the machine."""
    memory = Path("/dev/shm")
    plenty = memory.is_dir() and shutil.disk_usage(memory).free > MEMORY_BYTES_MIN
    return memory if plenty else None
