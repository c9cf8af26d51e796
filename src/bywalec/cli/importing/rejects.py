"""Rows that do not go in: each is written to a file with its reason, so that nobody has to guess."""

import csv
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

VALUE_LENGTH_MAX = 200
FORMULA_STARTS = ("=", "+", "-", "@")
HEADING = ("row", "receipt", "code", "field", "value", "reason")


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that does not go in.

    Args:
        row: its number in the file.
        receipt: the receipt it belongs to, as far as it could be read.
        code: stable code of the reason.
        field: which field is wrong; "" when it is the whole row.
        value: what stands there.
        reason: one sentence.
    """

    row: int
    receipt: str
    code: str
    field: str
    value: str
    reason: str


class RejectsFile:
    """Writes rejects as CSV, or as NDJSON when the file's name says so; made on the first reject only.

    Args:
        path: where to write; an older file of the name is replaced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._file: TextIO | None = None
        self._ndjson = path.suffix.lower() in {".ndjson", ".jsonl", ".json"}

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, reject: Reject) -> None:
        """Add one row."""
        file = self._open()
        self.count += 1
        row = asdict(reject) | {"value": _shown(reject.value)}
        if self._ndjson:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            csv.writer(file).writerow([_harmless(row[name]) for name in HEADING])

    def _open(self) -> TextIO:
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            if not self._ndjson:
                csv.writer(self._file).writerow(HEADING)
        return self._file


def _harmless(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    if isinstance(cell, int) or not cell.startswith(FORMULA_STARTS) or cell[1:].replace(".", "", 1).isdigit():
        return cell
    return f"'{cell}"


def _shown(value: str) -> str:
    """Return a value without line breaks and NUL, short enough to read."""
    plain = value if value.isprintable() else value.encode("unicode_escape", "replace").decode("ascii")
    return plain if len(plain) <= VALUE_LENGTH_MAX else plain[:VALUE_LENGTH_MAX] + "…"
