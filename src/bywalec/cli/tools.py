"""The checks of `bywalec lint` that other programs do. Each must say how much it looked at, or it has failed."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bywalec.cli.laws.report import Finding, Report
from bywalec.cli.project import PROJECT

DJANGO = (sys.executable, "-W", "error", "-m", "django")


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that checks.

    Args:
        name: the check in a few words.
        command: what to run, in the project's folder.
        looked_at: a pattern that finds the number of things it looked at in what it prints.
        things: what these are, in the plural.
    """

    name: str
    command: Sequence[str]
    looked_at: str
    things: str

    def check(self) -> Report:
        """Run the program; each line it prints on failure is a finding."""
        environment = os.environ | {
            "COLUMNS": "200",
            "DJANGO_SETTINGS_MODULE": "bywalec.config.settings",
            "NO_COLOR": "1",
        }
        done = subprocess.run(
            self.command,
            check=False,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        found = re.search(self.looked_at, done.stdout + done.stderr)
        looked_at = (int(found[1]) if found.re.groups else 1) if found else 0
        lines = (done.stdout.strip() or done.stderr).splitlines() if done.returncode else []
        findings = tuple(Finding(self.name, line) for line in lines if line.strip(" -"))
        return Report(self.name, looked_at, self.things, findings)


def tools() -> list[Tool]:
    """Return the programs, the quick ones first."""
    folder = Path(sys.executable).parent
    ruff = str(folder / "ruff")
    return [
        Tool("ruff check", [ruff, "check", "--output-format", "concise", "--verbose"], r"Checked (\d+) files", "files"),
        Tool(
            "ruff format",
            [ruff, "format", "--check", "--output-format", "concise"],
            r"(\d+) files? (?:already|would)",
            "files",
        ),
        Tool("import-linter", [str(folder / "lint-imports"), "--no-logo"], r"Analyzed (\d+) files", "files"),
        Tool("django check", [*DJANGO, "check", "--fail-level", "WARNING"], r"\(0 silenced\)", "application"),
        Tool(
            "pending migrations",
            [*DJANGO, "makemigrations", "--check", "--dry-run"],
            r"No changes detected",
            "database",
        ),
        Tool("mypy --strict", [str(folder / "mypy")], r"(?:in|checked) (\d+) source files", "files"),
    ]
