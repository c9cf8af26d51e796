"""Layers, private tables and pure rules: import-linter names the culprit that is planted in a copy of the source."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bywalec.cli.laws.configuration import checkers_are_not_weakened
from bywalec.cli.laws.layers import layers
from bywalec.cli.project import PROJECT, SOURCE


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the source and its contracts."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(
        SOURCE, folder / "src" / "bywalec", ignore=shutil.ignore_patterns("__pycache__", "static", "locale")
    )
    shutil.copy(PROJECT / ".importlinter", folder)
    return folder


def lint(folder: Path) -> tuple[int, str]:
    """Run import-linter on a copy and return its exit code and what it printed."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-logo", "--no-cache"],
        check=False,
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "COLUMNS": "300", "PATH": ""},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


def planted(folder: Path, module: str, line: str) -> tuple[int, str]:
    """Write a module of one line into a copy, lint, and take it away again."""
    path = folder / "src" / Path(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'"""Planted."""\n\n{line}\n', encoding="utf-8")
    try:
        return lint(folder)
    finally:
        path.unlink()


def test_the_copy_without_a_violation_is_lawful(copied: Path) -> None:
    code, printed = lint(copied)

    assert (code, "3 kept, 0 broken" in printed) == (0, True), printed


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("bywalec.store.planted", "from bywalec.loyalty.queries import balances"),
        ("bywalec.foundation.planted", "import bywalec.customers"),
        ("bywalec.inbox.planted", "import bywalec.loyalty.queries"),
        ("bywalec.loyalty.planted", "import bywalec.inbox.queries"),
        ("bywalec.api.planted", "import bywalec.lane"),
        ("bywalec.cli.planted", "import bywalec.config.settings"),
    ],
)
def test_an_import_that_goes_up_or_sideways_is_caught(copied: Path, module: str, line: str) -> None:
    code, printed = planted(copied, module, line)

    assert code == 1
    assert "Layers: call down, publish up BROKEN" in printed
    assert f"{module} -> " in printed


def test_an_area_that_is_not_in_the_list_of_layers_is_caught(copied: Path) -> None:
    folder = copied / "src" / "bywalec" / "smuggled"
    folder.mkdir()
    (folder / "__init__.py").touch()
    try:
        code, printed = lint(copied)
    finally:
        shutil.rmtree(folder)

    assert code == 1
    assert "smuggled" in printed


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("bywalec.loyalty.planted", "from bywalec.store.models import Purchase"),
        ("bywalec.loyalty.planted", "import bywalec.store.models.purchase"),
        ("bywalec.console.planted", "from bywalec.foundation.models.organization import Shop"),
    ],
)
def test_the_table_of_another_area_is_caught(copied: Path, module: str, line: str) -> None:
    code, printed = planted(copied, module, line)

    assert code == 1
    assert f"{module} may not import" in printed


def test_the_shape_of_a_tenants_table_is_open_to_all(copied: Path) -> None:
    code, printed = planted(copied, "bywalec.store.planted", "from bywalec.foundation.models.tenant import TenantModel")

    assert code == 0, printed


@pytest.mark.parametrize(
    "line",
    [
        "from django.db import models",
        "from django.utils.translation import gettext",
        "from bywalec.foundation import clock",
        "from bywalec.foundation.ids import new_id",
        "from bywalec.store.queries import products",
        "import random",
        "import sqlite3",
        "import time",
        "from urllib.request import urlopen",
    ],
)
def test_a_rule_that_is_not_pure_is_caught(copied: Path, line: str) -> None:
    code, printed = planted(copied, "bywalec.store.rules.planted", line)

    assert code == 1
    assert "bywalec.store.rules.planted may not import" in printed


def test_what_a_rule_borrows_is_under_the_same_law(copied: Path) -> None:
    text = copied / "src" / "bywalec" / "foundation" / "text.py"
    before = text.read_text(encoding="utf-8")
    text.write_text(before + "\nfrom django.db import connection\n", encoding="utf-8")
    try:
        code, printed = lint(copied)
    finally:
        text.write_text(before, encoding="utf-8")

    assert code == 1
    assert "bywalec.foundation.text may not import django" in printed


def test_the_order_of_the_layers_is_that_of_the_design() -> None:
    assert layers(PROJECT / ".importlinter") == [
        ["config"],
        ["cli", "api", "lane", "console", "portal", "widget", "mcp"],
        ["lab"],
        ["privacy"],
        ["insight"],
        ["integrations"],
        ["assistant"],
        ["inbox", "loyalty"],
        ["store"],
        ["customers"],
        ["foundation"],
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "culprit"),
    [
        (".importlinter", "open = ", "ignore_imports =\n    a -> b\nopen = ", ".importlinter:"),
        (".importlinter", "exhaustive = True", "exhaustive = False", ".importlinter"),
        (
            "pyproject.toml",
            'filterwarnings = ["error"]',
            'filterwarnings = ["error", "ignore"]',
            "pyproject.toml pytest",
        ),
        ("pyproject.toml", "\nstrict = true", "\nstrict = false", "pyproject.toml mypy"),
    ],
)
def test_a_weakened_checker_is_caught(tmp_path: Path, file: str, old: str, new: str, culprit: str) -> None:
    for name in (".importlinter", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    (finding,) = checkers_are_not_weakened(tmp_path).findings

    assert finding.place.startswith(culprit)
