"""Which column means what: presets, files, single pairs, and clear words about what is missing."""

from pathlib import Path

import pytest

from bywalec.cli.importing.mapping import FIELDS, REQUIRED, Mapping, load_mapping, present_columns, presets
from bywalec.foundation.errors import InvalidInput

PAIRS = [f"{name}=K_{name}" for name in REQUIRED]


def test_every_preset_is_complete() -> None:
    assert presets() == ["uci-online-retail"]
    for name in presets():
        mapping = load_mapping(preset=name, file=None, pairs=[])
        assert set(REQUIRED) <= set(mapping.columns) <= set(FIELDS)


def test_without_anything_fields_are_read_by_their_own_names() -> None:
    mapping = load_mapping(preset=None, file=None, pairs=[])
    assert mapping.columns == {name: name for name in FIELDS}
    header = [*REQUIRED, "name", "weather"]
    assert sorted(present_columns(mapping, header, optional_by_name=True)) == sorted([*REQUIRED, "name"])


def test_single_pairs_hold_over_a_preset_and_a_file(tmp_path: Path) -> None:
    mapping = load_mapping(preset="uci-online-retail", file=None, pairs=["name=Nazwa"])
    assert (mapping.columns["name"], mapping.columns["sku"]) == ("Nazwa", "StockCode")
    written = tmp_path / "columns.yaml"
    written.write_text(
        "columns: {receipt_number: P, occurred_at: C, sku: K, quantity: I, unit_price: X}\namounts: minor\n"
    )
    mapping = load_mapping(preset=None, file=written, pairs=["sku=EAN"])
    assert (mapping.columns["sku"], mapping.columns["quantity"], mapping.amounts) == ("EAN", "I", "minor")


@pytest.mark.parametrize(
    ("pairs", "code", "value"),
    [
        ([*PAIRS, "colour=Kolor"], "import.unknown_field", "colour"),
        (PAIRS[1:], "import.unmapped_field", "receipt_number"),
        ([*PAIRS, "name"], "import.bad_pair", "name"),
        ([*PAIRS, "name="], "import.bad_pair", "name="),
    ],
)
def test_a_wrong_pair_is_named(pairs: list[str], code: str, value: str) -> None:
    load_mapping(preset=None, file=None, pairs=PAIRS)
    with pytest.raises(InvalidInput) as caught:
        load_mapping(preset=None, file=None, pairs=pairs)
    assert (caught.value.problem_code, caught.value.value) == (code, value)


@pytest.mark.parametrize(
    "text", ["columns: [1]", "colums: {}", "amounts: euro", "timezone: Europe/Praga", "encoding: klingon", "{", ""]
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    written = tmp_path / "columns.yaml"
    written.write_text(text)
    with pytest.raises(InvalidInput) as caught:
        load_mapping(preset=None, file=written, pairs=PAIRS)
    assert caught.value.problem_code == "import.bad_mapping"
    written.write_text("amounts: minor")
    assert load_mapping(preset=None, file=written, pairs=PAIRS).amounts == "minor"


def test_an_unknown_preset_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as caught:
        load_mapping(preset="biedronka", file=None, pairs=[])
    assert "uci-online-retail" in str(caught.value.remedy)
    with pytest.raises(InvalidInput):
        load_mapping(preset=None, file=tmp_path / "none.yaml", pairs=[])


def test_a_missing_column_is_named_with_those_there_are() -> None:
    mapping = Mapping(columns={name: name for name in REQUIRED} | {"name": "Nazwa"})
    with pytest.raises(InvalidInput) as caught:
        present_columns(mapping, [*REQUIRED, "Opis"], optional_by_name=False)
    assert (caught.value.field, caught.value.value) == ("name", "Nazwa")
    assert "Opis" in str(caught.value.remedy)
