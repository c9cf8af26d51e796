"""Two contracts for import-linter: a table is touched by its own area only, and rules are pure.

`.importlinter` names them and lists what they allow. Unlike import-linter's own contracts they need no list of areas,
so an area added later is under the law from its first file.
"""

from collections.abc import Iterable, Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

MODELS = "models"
RULES = "rules"


class OwnContract(Contract):
    """A contract that finds offending imports one by one and prints a line for each."""

    advice = ""

    def offences(self, graph: ImportGraph) -> Iterator[tuple[str, str, str]]:
        """Yield importer, imported module and the line that imports it, for each import that breaks the contract."""
        raise NotImplementedError

    def looked_at(self, graph: ImportGraph) -> int:
        """Count the modules under this contract."""
        raise NotImplementedError

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Answer import-linter. A contract over nothing is broken: it would look green without having checked."""
        found = sorted(set(self.offences(graph)))
        count = self.looked_at(graph)
        return ContractCheck(kept=not found and count > 0, metadata={"found": found, "count": count})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the offending imports."""
        if not check.metadata["count"]:
            output.print_error("There is no module under this contract: nothing was checked.")
        for importer, imported, line in check.metadata["found"]:
            output.print_error(f"{importer} may not import {imported}: {line}", bold=False)
        output.print_error(self.advice)


class PrivateTables(OwnContract):
    """Nobody but the area itself imports ``bywalec.<area>.models``; modules in ``open`` are for all."""

    type_name = "private_tables"
    advice = "Ask the area's queries and actions instead; a foreign key names its target as a string."
    open = fields.SetField(subfield=fields.StringField(), required=False)

    def offences(self, graph: ImportGraph) -> Iterator[tuple[str, str, str]]:
        """Yield imports of another area's tables."""
        allowed = options(self.open)
        for module in _tables(graph):
            area = _area(module)
            for importer in graph.find_modules_that_directly_import(module):
                if _area(importer) != area and module not in allowed:
                    yield importer, module, _line(graph, importer, module)

    def looked_at(self, graph: ImportGraph) -> int:
        """Count the modules that hold tables."""
        return len(_tables(graph))


class PureRules(OwnContract):
    """``bywalec.<area>.rules`` import only a listed few packages, each other, and modules that are as good as pure.

    As good as pure are the modules in ``pure_foundation`` and the ``errors`` of areas that have rules: they may also
    import what ``text_only`` lists (sentences translated when they are shown). They are under the same contract, so
    nothing impure comes in through them.
    """

    type_name = "pure_rules"
    advice = "Rules get facts, time and chance as arguments; load and save in queries and actions."
    may_import = fields.SetField(subfield=fields.StringField())
    pure_foundation = fields.SetField(subfield=fields.StringField())
    text_only = fields.SetField(subfield=fields.StringField())

    def offences(self, graph: ImportGraph) -> Iterator[tuple[str, str, str]]:
        """Yield imports that would let the database, the clock or chance into a rule."""
        libraries, sentences = options(self.may_import), options(self.text_only)
        modules = self._modules(graph)
        for module in modules:
            rule = _is_rule(module)
            for imported in graph.find_modules_directly_imported_by(module):
                line = _line(graph, module, imported)
                if imported.startswith("bywalec."):
                    kept = imported in modules
                else:
                    kept = _listed(imported, line, libraries) or (not rule and _listed(imported, line, sentences))
                if not kept:
                    yield module, imported, line

    def looked_at(self, graph: ImportGraph) -> int:
        """Count the rules and what is as good as pure."""
        return len(self._modules(graph))

    def _modules(self, graph: ImportGraph) -> set[str]:
        rules = {name for name in graph.modules if _is_rule(name)}
        errors = {f"{area}.errors" for area in map(_area, rules)} | options(self.pure_foundation)
        return rules | (errors & graph.modules)


def options(given: object) -> frozenset[str]:
    """Return the values of a contract's list option; import-linter stores them under the field's own name."""
    return frozenset(str(value) for value in given) if isinstance(given, Iterable) else frozenset()


def _tables(graph: ImportGraph) -> list[str]:
    return sorted(name for name in graph.modules if name.startswith("bywalec.") and name.split(".")[2:3] == [MODELS])


def _is_rule(module: str) -> bool:
    return module.startswith("bywalec.") and module.split(".")[2:3] == [RULES]


def _area(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _line(graph: ImportGraph, importer: str, imported: str) -> str:
    """Return the source line of an import (the first, when there are several)."""
    details = graph.get_import_details(importer=importer, imported=imported)
    return details[0]["line_contents"] if details else ""


def _listed(package: str, line: str, allowed: frozenset[str]) -> bool:
    """Say whether an outside import is allowed: the whole package, or exactly the dotted module that is listed."""
    words = line.split()
    module = words[1] if len(words) > 1 else package
    return package in allowed or module in allowed
