"""A file is read top-down in one go: limits on the length of files and functions."""

import ast
from collections.abc import Iterable

from bywalec.cli.laws.report import Finding, Report, report
from bywalec.cli.laws.sources import Source

FILE_LINES_SOFT, FILE_LINES_MAX = 300, 400
FUNCTION_LINES_SOFT, FUNCTION_LINES_MAX = 40, 70


def files_are_short(files: Iterable[Source]) -> Report:
    """Check the lengths; over the soft limits warns, over the hard ones breaks the law."""
    findings: list[Finding] = []
    warnings: list[Finding] = []
    looked_at = 0
    for source in files:
        looked_at += 1
        measured = [(source.name, source.lines, FILE_LINES_SOFT, FILE_LINES_MAX)]
        if source.name.endswith(".py"):
            measured += [
                (f"{source.name}:{node.lineno} {node.name}", length(node), FUNCTION_LINES_SOFT, FUNCTION_LINES_MAX)
                for node in ast.walk(source.tree())
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            ]
        for place, lines, soft, hard in measured:
            if lines > hard:
                findings.append(Finding(place, f"has {lines} lines, {hard} is the limit"))
            elif lines > soft:
                warnings.append(Finding(place, f"has {lines} lines, aim at {soft}"))
    return report("files and functions are short", looked_at, "files", findings, warnings)


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function, its decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
