"""A table is touched by its own area only, also in SQL and by name: what import-linter cannot see."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from bywalec.cli.laws.report import Finding, Report, report
from bywalec.cli.laws.sources import Source

LAWS = "src/bywalec/cli/laws/"


def tables_are_private(files: Iterable[Source], owners: Mapping[str, str]) -> Report:
    """Check that no file names a table of another area in a text, and none fetches another area's model by name.

    Args:
        files: Python files of ``src``.
        owners: the area of each table by the table's name.
    """
    findings: list[Finding] = []
    looked_at = 0
    names = re.compile(r"(?<![\w.])(" + "|".join(map(re.escape, sorted(owners, key=len, reverse=True))) + r")(?!\w)")
    for source in files:
        if not source.area or source.name.startswith(LAWS):
            continue
        looked_at += 1
        for line, text in texts(source.tree()):
            others = {name for name in names.findall(text) if owners[name] != source.area}
            findings += [
                Finding(f"{source.name}:{line}", f"names the table {name} of {owners[name]}") for name in others
            ]
        for line, label in fetched_models(source.tree()):
            if label.split(".")[0] in set(owners.values()) - {source.area}:
                findings.append(Finding(f"{source.name}:{line}", f"fetches the model {label} of another area"))
    return report("tables are private, also in SQL", looked_at if owners else 0, "files", findings)


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file with their lines, docstrings left out."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def fetched_models(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield what ``apps.get_model(...)`` is asked for in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_model":
            parts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            yield node.lineno, ".".join(parts)
