"""Time and chance are arguments: they come from foundation's clock, ids and chance and from nowhere else."""

import ast
from collections.abc import Iterable

from bywalec.cli.laws.report import Finding, Report, report
from bywalec.cli.laws.sources import Source

CALLS = {
    "datetime.now": "foundation.clock.now()",
    "datetime.utcnow": "foundation.clock.now()",
    "datetime.today": "foundation.clock.now()",
    "date.today": "foundation.clock.today(zone)",
    "time.time": "foundation.clock.now()",
    "timezone.now": "foundation.clock.now()",
    "timezone.localdate": "foundation.clock.today(zone)",
    "uuid.uuid1": "foundation.ids.new_id()",
    "uuid.uuid4": "foundation.ids.new_id()",
    "uuid4": "foundation.ids.new_id()",
    "secrets.token_hex": "foundation.ids.secret()",
    "secrets.token_urlsafe": "foundation.ids.secret()",
}
CHANCE = "foundation.chance.random_source()"
TYPE_OF_CHANCE = "Random"
SOURCES = ("src/bywalec/foundation/clock.py", "src/bywalec/foundation/ids.py", "src/bywalec/foundation/chance.py")
BEFORE_DJANGO = ("src/bywalec/config/settings.py",)


def time_and_chance_are_arguments(files: Iterable[Source]) -> Report:
    """Check that no file but the sources themselves reads the clock or draws lots."""
    findings: list[Finding] = []
    looked_at = 0
    for source in files:
        if source.name in SOURCES + BEFORE_DJANGO:
            continue
        looked_at += 1
        for node in ast.walk(source.tree()):
            for name, instead in _offences(node):
                line = getattr(node, "lineno", 0)
                findings.append(Finding(f"{source.name}:{line}", f"uses `{name}`; take it from {instead}"))
    return report("time and chance are arguments", looked_at, "files", findings)


def _offences(node: ast.AST) -> Iterable[tuple[str, str]]:
    if isinstance(node, ast.Call):
        words = _dotted(node.func)
        name = ".".join(words[-2:])
        if name in CALLS:
            yield name, CALLS[name]
        elif words[:1] == ["random"] or words == [TYPE_OF_CHANCE]:
            yield name, CHANCE
    elif isinstance(node, ast.ImportFrom) and node.module == "random":
        yield from ((f"random.{alias.name}", CHANCE) for alias in node.names if alias.name != TYPE_OF_CHANCE)


def _dotted(node: ast.expr) -> list[str]:
    """Return the names of a dotted expression such as ``datetime.datetime.now``."""
    if isinstance(node, ast.Attribute):
        return [*_dotted(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []
