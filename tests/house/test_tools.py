"""A tool that checked nothing has failed, and one that fails says what it found."""

import sys

import pytest

from bywalec.cli.tools import Tool


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
