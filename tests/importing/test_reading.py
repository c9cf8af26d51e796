"""Every row of every kind of file comes out, with its number, also one that cannot be read."""

import csv
import json
from pathlib import Path

import polars
import pytest

from bywalec.cli.importing import reading
from bywalec.cli.importing.mapping import FIELDS, Mapping
from bywalec.cli.importing.reading import PurchaseFile, Row
from bywalec.cli.importing.rejects import Reject, RejectsFile
from bywalec.foundation.errors import InvalidInput

BY_NAME = Mapping(columns={name: name for name in FIELDS})
HEADING = "receipt_number,occurred_at,sku,quantity,unit_price,name"
GOOD = "1,2026-03-02T10:00,590,2,3.49,Mleko"


def rows(path: Path, mapping: Mapping = BY_NAME) -> list[Row]:
    return list(PurchaseFile(path, mapping).rows())


def csv_file(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "zakupy.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_usual_delimiter(tmp_path: Path, delimiter: str) -> None:
    path = csv_file(tmp_path, HEADING.replace(",", delimiter), GOOD.replace(",", delimiter))
    [row] = rows(path)
    assert (row.number, row.problem) == (2, None)
    assert row.values == dict(zip(HEADING.split(","), GOOD.split(","), strict=True))


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADING, GOOD, "", '1,2026-03-02T10:00,590,2,3.49,"Mleko\ndwie linie"', GOOD)
    assert [row.number for row in rows(path)] == [2, 4, 6]


def test_ragged_rows_come_out_with_what_is_wrong(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADING, "1,2,3", GOOD, GOOD + ",zbędne")
    found = rows(path)
    assert [(row.number, row.problem is None) for row in found] == [(2, False), (3, True), (4, False)]


def test_byte_order_mark_spaces_and_polish_code_pages(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "\ufeff" + HEADING, GOOD.replace("Mleko", " Żółty ser "))
    assert rows(path)[0].values["name"] == "Żółty ser"
    path = csv_file(tmp_path, HEADING, GOOD.replace("Mleko", "Żółty ser"), encoding="cp1250")
    mapping = Mapping(columns=BY_NAME.columns, encoding="cp1250")
    assert rows(path, mapping)[0].values["name"] == "Żółty ser"
    assert "\udcaf" in rows(path)[0].values["name"]  # read as UTF-8 the byte survives, to be refused with its row


def test_a_giant_cell_is_refused_and_the_reading_goes_on(tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADING, GOOD.replace("Mleko", "x" * 100_001), GOOD)
    found = rows(path)
    assert found[0].problem is not None
    assert found[-1].values["name"] == "Mleko"


def test_ndjson_keeps_decimals_and_names_broken_lines(tmp_path: Path) -> None:
    path = tmp_path / "zakupy.ndjson"
    good = {"receipt_number": 7, "occurred_at": "2026-03-02T10:00", "sku": "590", "quantity": 0.1, "unit_price": 2.55}
    lines = [json.dumps(good), "", "{", "[1]", json.dumps({"sku": None}), '{"sku": "\\ud800"}']
    path.write_text("\n".join(lines))
    found = rows(path)
    assert [(row.number, row.problem is None) for row in found] == [
        (1, True),
        (3, False),
        (4, False),
        (5, True),
        (6, False),
    ]
    assert (found[0].values["quantity"], found[0].values["unit_price"]) == ("0.1", "2.55")
    assert (found[0].values["receipt_number"], found[0].values["name"], found[3].values["sku"]) == ("7", "", "")


def test_parquet_is_read_in_parts_and_typed_columns_become_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "zakupy.parquet"
    count = 25
    polars.DataFrame(
        {
            "receipt_number": list(range(count)),
            "occurred_at": ["2026-03-02 10:00:00"] * count,
            "sku": [None] + ["590"] * (count - 1),
            "quantity": [1.5] * count,
            "unit_price": [2.55] * count,
        }
    ).write_parquet(path)
    monkeypatch.setattr(reading, "PARQUET_ROWS_PER_READ", 10)
    found = rows(path)
    assert [row.number for row in found] == list(range(1, count + 1))
    assert found[0].values["sku"] == ""
    assert (found[24].values["quantity"], found[24].values["unit_price"]) == ("1.5", "2.55")


def test_a_file_can_be_read_again(tmp_path: Path) -> None:
    file = PurchaseFile(csv_file(tmp_path, HEADING, GOOD, GOOD), BY_NAME)
    assert list(file.rows()) == list(file.rows())


@pytest.mark.parametrize("name", ["zakupy.xlsx", "zakupy", "brak.csv"])
def test_unknown_and_missing_files_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "zakupy.xlsx").write_text("x")
    with pytest.raises(InvalidInput) as caught:
        PurchaseFile(tmp_path / name, BY_NAME)
    assert caught.value.problem_code == "import.unknown_file"


def test_an_empty_file_lacks_its_columns(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        PurchaseFile(csv_file(tmp_path, ""), BY_NAME)
    assert caught.value.problem_code == "import.missing_column"


def test_rejects_are_written_only_when_there_are_some(tmp_path: Path) -> None:
    path = tmp_path / "odrzucone.csv"
    path.write_text("stare")
    with RejectsFile(path) as file:
        pass
    assert not path.exists()
    with RejectsFile(path) as file:
        file.write(Reject(3, "17", "store.bad_quantity", "quantity", "=1+1", "Zła, ilość"))
        file.write(Reject(4, "17", "x", "quantity", "-12.5", "a\x00b" * 500))
        assert file.count == 2
    with path.open(newline="", encoding="utf-8") as written:
        found = list(csv.DictReader(written))
    assert found[0] == {
        "row": "3",
        "receipt": "17",
        "code": "store.bad_quantity",
        "field": "quantity",
        "value": "'=1+1",
        "reason": "Zła, ilość",
    }
    assert found[1]["value"] == "-12.5"


def test_rejects_as_ndjson_keep_hostile_values_harmless(tmp_path: Path) -> None:
    path = tmp_path / "odrzucone.ndjson"
    with RejectsFile(path) as file:
        file.write(Reject(3, "17", "c", "f", "a\x00\ud800" + "x" * 500, "r"))
    [line] = path.read_text(encoding="utf-8").splitlines()
    value = json.loads(line)["value"]
    assert value.startswith("a\\x00\\ud800x")
    assert len(value) <= 201
