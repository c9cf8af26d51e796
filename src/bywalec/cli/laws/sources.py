"""Which files the laws about source read."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("src", "tests", "bench")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the project with its text.

    Args:
        name: path below the project's root, with slashes.
        text: the content.
    """

    name: str
    text: str

    @property
    def lines(self) -> int:
        """Count the lines."""
        return self.text.count("\n")

    @property
    def area(self) -> str:
        """Name the area the file belongs to; empty outside ``src/bywalec``."""
        parts = self.name.split("/")
        return parts[2] if parts[:2] == ["src", "bywalec"] and len(parts) > 3 else ""

    def tree(self) -> ast.Module:
        """Parse a Python file."""
        return ast.parse(self.text, filename=self.name)


def sources(project: Path, *suffixes: str, folders: tuple[str, ...] = FOLDERS) -> Iterator[Source]:
    """Yield the files of the project with one of the suffixes (``.py``), migrations left out, in order."""
    for folder in folders:
        for path in sorted((project / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file() and "migrations" not in path.parts:
                yield Source(path.relative_to(project).as_posix(), path.read_text(encoding="utf-8"))
