"""Nothing from outside, nothing inline: templates, style sheets and scripts keep a strict content security policy."""

import re
from collections.abc import Iterable

from bywalec.cli.laws.report import Finding, Report, report
from bywalec.cli.laws.sources import Source

OUTSIDE = r"(?:https?:)?//(?!localhost|127\.0\.0\.1)[\w.-]+\.\w+"
LOADERS = "script|link|img|iframe|source|video|audio|use|object|embed"
IN_TEMPLATES = {
    r"<script(?![^>]*\ssrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)[^>]*>": "an inline script",
    r"<style\b": "an inline style sheet",
    r"<[^>%{]*\sstyle\s*=": "a style attribute",
    r"<[^>]*\son[a-z]+\s*=\s*[\"']": "an inline event handler",
    r"(?:href|src|action)\s*=\s*[\"']\s*javascript:": "a javascript: address",
    rf"<(?:{LOADERS})\b[^>]*\s(?:src|href|data|srcset)\s*=\s*[\"']{OUTSIDE}": "something loaded from outside",
    r"\|\s*safe\b|{%\s*autoescape\s+off": "text that is not escaped",
}
IN_STYLES = {rf"(?:@import\s+|url\(\s*)[\"']?{OUTSIDE}": "something loaded from outside"}
IN_SCRIPTS = {
    rf"(?:from|import)\s*\(?\s*[\"'`]{OUTSIDE}": "a module from outside",
    r"\beval\s*\(|new\s+Function\s*\(": "code made from text",
    r"\.(?:inner|outer)HTML\s*=|insertAdjacentHTML\s*\(|document\.write\s*\(": "markup made from text",
}
OFFENCES = {".html": IN_TEMPLATES, ".svg": IN_TEMPLATES, ".css": IN_STYLES, ".js": IN_SCRIPTS, ".mjs": IN_SCRIPTS}
SUFFIXES = tuple(OFFENCES)
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->|/\*.*?\*/", re.DOTALL)


def pages_are_self_contained(files: Iterable[Source]) -> Report:
    """Check templates, style sheets and scripts; comments are left out."""
    findings: list[Finding] = []
    looked_at = 0
    for source in files:
        looked_at += 1
        text = COMMENTS.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source.text)
        for pattern, problem in OFFENCES["." + source.name.rsplit(".", 1)[-1]].items():
            for match in re.finditer(pattern, text, re.IGNORECASE):
                line = text.count("\n", 0, match.start()) + 1
                findings.append(Finding(f"{source.name}:{line}", f"has {problem}: {' '.join(match[0].split())[:60]}"))
    return report("pages bring everything with them", looked_at, "templates, style sheets and scripts", findings)
