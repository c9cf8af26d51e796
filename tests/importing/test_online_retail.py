"""Real input: 20 000 lines of a British gift shop go in, verify, and add nothing the second time."""

import csv
import os
from collections import Counter
from pathlib import Path
from statistics import median

import polars
import pytest
from django.db import connection

from bywalec.cli.importing.mapping import load_mapping
from bywalec.cli.importing.place import find_place
from bywalec.cli.importing.reading import PurchaseFile
from bywalec.cli.importing.rejects import RejectsFile
from bywalec.cli.importing.taking import Import
from bywalec.cli.importing.tally import Tally
from bywalec.foundation import tenancy
from bywalec.loyalty.queries.members import count as members_count
from bywalec.loyalty.queries.verify import verify
from bywalec.store.models import Purchase, PurchaseLine, PurchaseReturn, ReturnLine

LINES = 20_000


@pytest.fixture(scope="module")
def lines() -> polars.DataFrame:
    folder = os.environ.get("BYWALEC_DATA")
    path = Path(folder or "") / "online-retail" / "online_retail.parquet"
    if not folder or not path.is_file():
        pytest.skip("BYWALEC_DATA does not name a folder with online-retail/online_retail.parquet")
    return polars.read_parquet(path).head(LINES)


def test_a_slice_goes_in_verifies_and_adds_nothing_twice(db: None, lines: polars.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "slice.parquet"
    lines.write_parquet(path)
    tally, rejects = run(path)
    assert tally.rows == tally.accounted == LINES
    assert (tally.accepted + tally.rejected + tally.returns, tally.repeated, tally.returns_repeated) == (LINES, 0, 0)
    check_against_the_file(lines, tally, rejects)
    organization = find_place(
        name="Gift Shop",
        currency="GBP",
        shop=None,
        mapping=load_mapping(preset="uci-online-retail", file=None, pairs=[]),
    ).organization
    with tenancy.reading(organization):
        stored = stored_figures()
        assert stored == {
            "receipts": tally.receipts,
            "lines": tally.accepted,
            "slips": tally.return_slips,
            "slip lines": tally.returns,
            "members": tally.members,
        }
    assert verify(organization).problem is None

    again, same_rejects = run(path)
    assert (again.accepted, again.returns, again.members, again.points) == (0, 0, 0, 0)
    assert (again.repeated, again.returns_repeated) == (tally.accepted, tally.returns)
    assert same_rejects == rejects
    with tenancy.reading(organization):
        assert stored_figures() == stored
    assert verify(organization).problem is None
    if connection.vendor == "sqlite":
        assert median(tally.lock_ms) < 250, "about 50 ms on a machine of one's own; tests share theirs"


def run(path: Path) -> tuple[Tally, list[dict[str, str]]]:
    mapping = load_mapping(preset="uci-online-retail", file=None, pairs=[])
    place = find_place(name="Gift Shop", currency="GBP", shop=None, mapping=mapping)
    target = path.with_name("rejects.csv")
    with RejectsFile(target) as rejects:
        task = Import(
            file=PurchaseFile(path, mapping),
            place=place,
            create_members=True,
            rejects=rejects,
            on_progress=lambda tally: None,
        )
        tally = task.run(task.survey())
    with target.open(encoding="utf-8", newline="") as written:
        return tally, list(csv.DictReader(written))


def check_against_the_file(lines: polars.DataFrame, tally: Tally, rejects: list[dict[str, str]]) -> None:
    """Count the same things from the file alone, with other means."""
    frame = lines.with_columns(
        polars.col("Quantity").cast(polars.Int64).alias("quantity"),
        (polars.col("UnitPrice").cast(polars.Decimal(12, 2)) * 100).cast(polars.Int64).alias("price"),
    )
    is_return = polars.col("InvoiceNo").str.starts_with("C")
    is_correction = (polars.col("price") == 0) & ((polars.col("quantity") < 0) | polars.col("Description").is_null())
    sold = frame.filter(~is_return & ~is_correction)
    assert tally.returns == frame.filter(is_return).height > 0
    assert tally.rejected == frame.filter(is_correction).height > 0
    assert Counter(one["code"] for one in rejects) == {"import.stock_correction": tally.rejected}
    assert (tally.accepted, tally.receipts) == (sold.height, sold["InvoiceNo"].n_unique())
    assert tally.return_slips == frame.filter(is_return)["InvoiceNo"].n_unique()
    assert tally.members == frame["CustomerID"].drop_nulls().n_unique()
    pounds = (
        sold.filter(polars.col("CustomerID").is_not_null())
        .group_by("InvoiceNo")
        .agg((polars.col("quantity") * polars.col("price")).sum().alias("total"))
        .select((polars.col("total") // 100).sum())
    )
    assert tally.points == pounds.item()


def stored_figures() -> dict[str, int]:
    return {
        "receipts": Purchase.objects.count(),
        "lines": PurchaseLine.objects.count(),
        "slips": PurchaseReturn.objects.count(),
        "slip lines": ReturnLine.objects.count(),
        "members": members_count(),
    }
