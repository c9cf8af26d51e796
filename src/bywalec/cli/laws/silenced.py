"""Silencing a checker is rare and explained: a budget for ``type: ignore`` and ``noqa``, each with its reason."""

import io
import re
import tokenize
from collections.abc import Iterable

from bywalec.cli.laws.report import Finding, Report, report
from bywalec.cli.laws.sources import Source

SILENCED_MAX = 20
SILENCER = re.compile(
    r"#\s*(type:\s*ignore(?:\[[^\]]*\])?|noqa(?::\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?|nosec\b|pragma:)"
)
REASON_LENGTH_MIN = 8


def checkers_are_rarely_silenced(files: Iterable[Source], limit: int = SILENCED_MAX) -> Report:
    """Count the comments that silence a checker; each needs a reason behind it on its line."""
    findings: list[Finding] = []
    looked_at = silenced = 0
    for source in files:
        looked_at += 1
        for line, comment in comments(source):
            match = SILENCER.search(comment)
            if not match:
                continue
            silenced += 1
            if len(SILENCER.sub("", comment).strip(" #-:–")) < REASON_LENGTH_MIN:
                findings.append(Finding(f"{source.name}:{line}", f"`{match[1]}` gives no reason behind it"))
    if silenced > limit:
        findings.append(Finding("the project", f"silences checkers {silenced} times, {limit} is the limit"))
    return report(f"checkers are silenced rarely ({silenced} of {limit})", looked_at, "files", findings)


def comments(source: Source) -> Iterable[tuple[int, str]]:
    """Yield the comments of a Python file with their line numbers."""
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
