"""Reading rows from CSV, NDJSON and Parquet, one after the other, without holding the file in memory.

Every row comes out, also one that cannot be read: then with what is wrong with it.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Literal, TextIO

import msgspec

from bywalec.cli.importing.mapping import Mapping, present_columns
from bywalec.cli.language import _
from bywalec.foundation.errors import InvalidInput

PARQUET_ROWS_PER_READ = 50_000
SNIFFED_CHARACTERS = 65_536
FIELD_CHARACTERS_MAX = 100_000
DELIMITERS = ",;\t|"
Form = Literal["csv", "ndjson", "parquet"]
FORMS: dict[str, Form] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "csv"),
    **dict.fromkeys((".ndjson", ".jsonl", ".json"), "ndjson"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file.

    Args:
        number: as people find it: the line in a spreadsheet or editor (the heading of a CSV file is line 1), or the
            position in a Parquet file from 1.
        values: text by field, stripped; absent and null are "".
        problem: why it cannot be read at all; None when it can.
    """

    number: int
    values: dict[str, str]
    problem: str | None = None


class PurchaseFile:
    """A file of purchase lines; it can be read several times.

    Args:
        path: the file.
        mapping: which column means what.

    Raises:
        InvalidInput: the file is missing, of an unknown form, empty, or lacks a mapped column.
    """

    def __init__(self, path: Path, mapping: Mapping) -> None:
        form = FORMS.get(path.suffix.lower())
        if form is None or not path.is_file():
            raise InvalidInput(
                _("There is no such file, or it is of an unknown kind."),
                code="import.unknown_file",
                field="FILE",
                value=str(path),
                remedy=_("Give a file that ends in {endings}.").format(endings=", ".join(FORMS)),
            )
        self.path, self.form, self.mapping = path, form, mapping
        by_name = all(name == column for name, column in mapping.columns.items())
        self.columns = present_columns(mapping, self._header(), optional_by_name=by_name)

    def rows(self) -> Iterator[Row]:
        """Yield every row in the order of the file."""
        if self.form == "csv":
            return self._csv_rows()
        return self._ndjson_rows() if self.form == "ndjson" else self._parquet_rows()

    def _header(self) -> Sequence[str]:
        if self.form == "parquet":
            return list(_polars().read_parquet_schema(self.path))
        if self.form == "csv":
            with self._text_file() as file:
                return [name.strip() for name in next(csv.reader(file, delimiter=self._delimiter()), [])]
        first = next((row for _, row in self._documents() if isinstance(row, dict)), {})
        return [*first, *self.mapping.columns.values()]  # a document may leave out what it does not know

    def _text_file(self) -> TextIO:
        """Open the file; bytes that are no text of its encoding are refused later, with the row they stand in."""
        return self.path.open(encoding=self.mapping.encoding, errors="surrogateescape", newline="")

    def _delimiter(self) -> str:
        if self.mapping.delimiter is not None:
            return self.mapping.delimiter
        with self._text_file() as file:
            heading = file.readline(SNIFFED_CHARACTERS)
        return max(DELIMITERS, key=heading.count)

    def _csv_rows(self) -> Iterator[Row]:
        csv.field_size_limit(FIELD_CHARACTERS_MAX)
        with self._text_file() as file:
            reader = csv.reader(file, delimiter=self._delimiter())
            header = [name.strip() for name in next(reader, [])]
            places = [(name, header.index(column)) for name, column in self.columns.items()]
            while True:
                number = reader.line_num + 1
                try:
                    cells = next(reader, None)
                except csv.Error as error:
                    yield Row(number, {}, str(error))
                    continue
                if cells is None:
                    return
                if not cells:
                    continue
                if len(cells) != len(header):
                    problem = _("{found} cells instead of {expected}").format(found=len(cells), expected=len(header))
                    yield Row(number, {}, problem)
                    continue
                yield Row(number, {name: cells[place].strip() for name, place in places})

    def _ndjson_rows(self) -> Iterator[Row]:
        for number, document in self._documents():
            if isinstance(document, dict):
                values = {name: _text(document.get(column)) for name, column in self.columns.items()}
                yield Row(number, values)
            else:
                yield Row(number, {}, document)

    def _documents(self) -> Iterator[tuple[int, dict[str, object] | str]]:
        """Yield line number and document, or what is wrong with the line."""
        decode = msgspec.json.Decoder(dict[str, object], float_hook=Decimal).decode
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    yield number, decode(line)
                except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                    yield number, str(error)

    def _parquet_rows(self) -> Iterator[Row]:
        polars = _polars()
        names = list(self.columns)
        wanted = [polars.col(self.columns[name]).cast(polars.String).alias(name) for name in names]
        frame = polars.scan_parquet(self.path).select(wanted)
        start = 0
        while True:
            part = frame.slice(start, PARQUET_ROWS_PER_READ).collect()
            for at, cells in enumerate(part.iter_rows(), start=start + 1):
                yield Row(at, {name: (cell or "").strip() for name, cell in zip(names, cells, strict=True)})
            start += part.height
            if part.height < PARQUET_ROWS_PER_READ:
                return


def _polars() -> ModuleType:
    """Return the library that reads Parquet, an optional extra of the installation."""
    try:
        import polars
    except ImportError as error:
        raise InvalidInput(
            _("Parquet files need one more library."),
            code="import.no_parquet",
            field="FILE",
            remedy=_("Install it with: pip install 'bywalec[columns]', or give the file as CSV."),
        ) from error
    return polars


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
