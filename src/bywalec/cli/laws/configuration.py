"""The checkers' own settings keep the law: nothing is left out of the architecture, warnings stay errors."""

import re
import tomllib
from pathlib import Path

from bywalec.cli.laws.report import Finding, Report, report

IMPORTS, SETTINGS = ".importlinter", "pyproject.toml"


def checkers_are_not_weakened(project: Path) -> Report:
    """Check .importlinter and pyproject.toml for what would make a check look green that is not."""
    findings = [*_weak_imports((project / IMPORTS).read_text("utf-8")), *_weak_tools(project / SETTINGS)]
    return report("checkers are not weakened", 2, "configuration files", findings)


def _weak_imports(text: str) -> list[Finding]:
    findings = [
        Finding(
            f"{IMPORTS}:{text.count(chr(10), 0, match.start()) + 1}", "uses ignore_imports; mend the import instead"
        )
        for match in re.finditer(r"^\s*ignore_imports\s*=", text, re.MULTILINE)
    ]
    if not re.search(r"^exhaustive\s*=\s*True$", text, re.MULTILINE):
        findings.append(Finding(IMPORTS, "the list of layers must be exhaustive"))
    return findings


def _weak_tools(path: Path) -> list[Finding]:
    tools = tomllib.loads(path.read_text(encoding="utf-8"))["tool"]
    findings = []
    if tools["pytest"]["ini_options"]["filterwarnings"] != ["error"]:
        findings.append(Finding(f"{SETTINGS} pytest", "filterwarnings must be exactly `error`"))
    if tools["mypy"].get("strict") is not True:
        findings.append(Finding(f"{SETTINGS} mypy", "must be strict"))
    weak = {"ignore_errors", "disable_error_code", "exclude", "follow_imports"}
    for table in [tools["mypy"], *tools["mypy"].get("overrides", [])]:
        ours = any(name.startswith(("bywalec", "tests", "*")) for name in table.get("module", ["bywalec"]))
        names = weak | ({"ignore_missing_imports", "ignore_missing_stubs"} if ours else set())
        findings += [Finding(f"{SETTINGS} mypy", f"{name} hides errors") for name in sorted(names & set(table))]
    return findings
