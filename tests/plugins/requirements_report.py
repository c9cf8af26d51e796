"""Which requirement has which outcomes: collects the marks ``req`` of all tests into ``var/requirements.json``.

The file is {requirement: {database: [outcomes]}}; a full run of `./bywalec test` names it in the environment variable;
a run replaces the outcomes of its own database and keeps those of the other. Under xdist the controller writes.
"""

import json
import os
import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import connection

VARIABLE = "BYWALEC_REQUIREMENTS_REPORT"
LISTS = {"loyalty.md": "L", "service.md": "C", "owner.md": "O"}
Outcomes = dict[str, dict[str, list[str]]]


def known_requirements(folder: Path) -> set[str]:
    """Return the numbers of the requirements that the lists in a folder hold, such as L28 and S9."""
    numbers = set()
    for name, letter in LISTS.items():
        text = (folder / name).read_text(encoding="utf-8")
        numbers |= {letter + number for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)}
    return numbers | set(re.findall(r"^- \*\*([GSAR]\d+)\*\* ", (folder / "trust.md").read_text("utf-8"), re.MULTILINE))


def pytest_configure(config: pytest.Config) -> None:
    """Register the collector; in workers there is none, their reports reach the controller."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(RequirementsReport(os.environ.get(VARIABLE, "")), "requirements-report")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Write the requirements of each test where its reports carry them, and refuse numbers that do not exist."""
    known = known_requirements(config.rootpath / "docs" / "requirements")
    for item in items:
        for number in (number for mark in item.iter_markers("req") for number in mark.args):
            if number not in known:
                raise pytest.UsageError(f"{item.nodeid} is marked for {number}, which docs/requirements does not have")
            item.user_properties.append(("req", number))


class RequirementsReport:
    """Collects outcomes as the reports come in and writes them at the end."""

    def __init__(self, target: str) -> None:
        self.target = Path(target) if target else None
        self.outcomes: dict[str, list[str]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how a test ended: its call, or a preparation or clearing up that failed or was skipped."""
        if report.when != "call" and report.outcome == "passed":
            return
        for name, number in report.user_properties:
            if name == "req":
                self.outcomes[str(number)].append(report.outcome)

    def pytest_sessionfinish(self) -> None:
        """Merge this run into the file."""
        if self.target is None:
            return
        old = json.loads(self.target.read_text(encoding="utf-8")) if self.target.exists() else {}
        merged = merge(old, connection.vendor, self.outcomes)
        self.target.parent.mkdir(parents=True, exist_ok=True)
        part = self.target.with_suffix(".tmp")
        part.write_text(json.dumps(merged, indent=1) + "\n", encoding="utf-8")
        part.replace(self.target)


def merge(old: Outcomes, database: str, outcomes: dict[str, list[str]]) -> Outcomes:
    """Replace the outcomes of one database, keep the others, in the order of the requirements' numbers."""
    merged: Outcomes = {}
    for number in sorted({*old, *outcomes}, key=lambda number: (number[0], int(number[1:]))):
        kept = {name: runs for name, runs in old.get(number, {}).items() if name != database}
        if number in outcomes:
            kept[database] = outcomes[number]
        if kept:
            merged[number] = kept
    return merged
