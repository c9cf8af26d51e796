"""A tool that checked nothing has failed, and one that fails says what it found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bywalec.cli.project import PROJECT, SOURCE
from bywalec.cli.tools import Tool, tools


def python(code: str, looked_at: str = r"looked at (\d+) files") -> Tool:
    """Make a tool of some Python code."""
    return Tool("planted", [sys.executable, "-c", code], looked_at, "files")


def test_a_tool_says_how_much_it_looked_at() -> None:
    report = python("print('looked at 12 files')").check()

    assert (report.holds, report.covered) == (True, "12 files")


@pytest.mark.req("S15")
@pytest.mark.parametrize("code", ["print('all well')", "print('looked at 0 files')"])
def test_a_tool_that_looked_at_nothing_has_failed(code: str) -> None:
    assert not python(code).check().holds


def test_a_tool_that_fails_says_what_it_found() -> None:
    report = python("print('looked at 2 files'); print('a.py:1: too long'); raise SystemExit(1)").check()

    assert not report.holds
    assert [str(finding) for finding in report.findings] == ["planted: looked at 2 files", "planted: a.py:1: too long"]


def command(name: str) -> list[str]:
    """Return the command of one of the project's tools."""
    (found,) = [tool for tool in tools() if tool.name == name]
    return list(found.command)


def test_a_change_of_tables_without_its_migration_is_caught(tmp_path: Path) -> None:
    source = tmp_path / "src" / "bywalec"
    shutil.copytree(SOURCE, source, ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    with (source / "foundation" / "models" / "keys.py").open("a", encoding="utf-8") as file:
        file.write('\n\nclass Planted(models.Model):\n    """Planted."""\n')

    done = subprocess.run(
        command("pending migrations"),
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(tmp_path / "src"),
            "BYWALEC_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "bywalec.config.settings",
        },
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "+ Create model Planted" in done.stdout


@pytest.mark.parametrize(
    ("name", "code", "culprit"),
    [
        ("ruff check", "import os\n", "F401"),
        ("ruff format", "x = {  'a':1 }\n", "unformatted"),
        ("mypy --strict", "def double(number):\n    return number * 2\n", "no-untyped-def"),
    ],
)
def test_careless_code_is_caught(tmp_path: Path, name: str, code: str, culprit: str) -> None:
    file = tmp_path / "planted.py"
    file.write_text(f'"""Planted."""\n\n{code}', encoding="utf-8")
    options = ["--config-file" if name.startswith("mypy") else "--config", str(PROJECT / "pyproject.toml")]

    done = subprocess.run(
        [*command(name), *options, str(file)], check=False, cwd=PROJECT, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert culprit in done.stdout
