"""Test stores begin as copies of migrated ones instead of being migrated for half a minute.

On PostgreSQL the run's own server has the template. SQLite's are kept between runs, named by a hash of everything that
decides what the migrations do, so a changed migration makes a new one.
"""

import hashlib
import os
import shutil
import sqlite3
import time
from contextlib import closing
from functools import cache
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from bywalec.cli.project import PROJECT, SOURCE

FOLDER = PROJECT / "var" / "test-templates"
MIGRATED = "BYWALEC_TEST_MIGRATED"
LOADED_AT = time.time()
LOADING_SECONDS_MAX = 30
DECISIVE = ("*/migrations/*.py", "foundation/*.py", "config/*.py")


@cache
def template(alias: str) -> Path:
    """Name the template of a store for the migrations as they are when this process starts."""
    digest = hashlib.sha256((PROJECT / "requirements" / "development.txt").read_bytes())
    for path in _decisive():
        digest.update(str(path).encode() + path.read_bytes())
    return FOLDER / f"{alias}-{digest.hexdigest()[:16]}.sqlite3"


def begin_with_template(connection: BaseDatabaseWrapper, folder: Path) -> None:
    """Let a test store begin from a template, if there is one: then nothing is migrated.

    Args:
        connection: to the store; on PostgreSQL `./bywalec test` has migrated its database already.
        folder: where SQLite's files of this process lie.
    """
    test = connection.settings_dict["TEST"]
    if connection.vendor == "sqlite":
        test["NAME"] = str(folder / f"{connection.alias}.sqlite3")
        source = template(connection.alias)
        if source.exists():
            shutil.copyfile(source, test["NAME"])
            test["MIGRATE"] = False
    elif os.environ.get(MIGRATED):
        test["TEMPLATE"] = connection.settings_dict["NAME"]
        test["MIGRATE"] = False


def keep_template(connection: BaseDatabaseWrapper) -> None:
    """Keep a freshly migrated store as template, and drop those of older migrations."""
    if connection.vendor != "sqlite":
        return
    target = template(connection.alias)
    edited_at = max(path.stat().st_mtime for path in _decisive())
    if target.exists() or edited_at > LOADED_AT - LOADING_SECONDS_MAX:
        return  # somebody edits right now: what was loaded may not be what was hashed
    FOLDER.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{id(connection)}.part")
    connection.ensure_connection()
    with closing(sqlite3.connect(part)) as copy:
        connection.connection.backup(copy)
    part.replace(target)
    for old in FOLDER.glob(f"{connection.alias}-*.sqlite3"):
        if old != target:
            old.unlink(missing_ok=True)


def _decisive() -> list[Path]:
    return sorted(path for pattern in DECISIVE for path in SOURCE.glob(pattern))
