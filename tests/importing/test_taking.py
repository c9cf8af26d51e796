"""A file goes in whole: members, purchases, returns, rejects; again it adds nothing; every row is accounted for."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bywalec.cli.importing.mapping import FIELDS, Mapping
from bywalec.cli.importing.place import Place, create_tills, find_place
from bywalec.cli.importing.reading import PurchaseFile
from bywalec.cli.importing.rejects import RejectsFile
from bywalec.cli.importing.taking import Import
from bywalec.cli.importing.tally import Tally
from bywalec.cli.main import application
from bywalec.foundation import queries, tenancy
from bywalec.foundation.errors import InvalidInput
from bywalec.loyalty.actions.programme import set_up
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.queries.members import count as members_count
from bywalec.loyalty.queries.members import lookup
from bywalec.loyalty.queries.verify import verify
from bywalec.store.queries.purchases import recent
from bywalec.store.queries.returns import waiting_returns
from tests.plugins.world import World

ROWS = [
    "receipt_number;occurred_at;sku;name;quantity;unit_price;vat;member_card;till",
    "1;2024-05-02 10:00;590;Mleko;2;3,49;5;100001;",  # taken in: 6,98
    "1;2024-05-02 10:00;591;Ser;0,345;29,99;5;100001;",  # and 10,35
    "2;2024-05-02 10:05;590;Mleko;dwa;3,49;5;100002;",  # cannot be read
    "2;2024-05-02 10:05;591;Ser;1;29,99;5;100002;",  # stays out with it
    "3;2024-05-02 10:10;592;Gazeta;1;5,00;8;;",  # nobody's
    "4;2024-05-02 10:15;590;Mleko;-1;3,49;5;100001;",  # brought back
    "5;2024-05-02 10:20;590;Mleko;1;3,49;99;100001;",  # no such VAT rate
    "5;2024-05-02 10:20;591;Ser;1;29,99;5;100001;",  # stays out with it
    "6;1985-05-02 10:20;590;Mleko;1;3,49;5;100001;",  # ancient
    "7;2024-05-02 10:25;590;Mleko;1;3,49;5;100001;9",  # unknown till
    "1;2024-05-03 10:00;590;Mleko;1;3,49;5;100003;",  # the counter was reset
    "8;2024-05-03",  # ragged
]
MAPPING = Mapping(columns={name: name for name in FIELDS}, decimal_comma=True)


def run(
    path: Path, place: Place, *, create_members: bool = True, limit: int | None = None
) -> tuple[Tally, list[dict[str, str]]]:
    rejects = path.with_name("rejects.csv")
    with RejectsFile(rejects) as file:
        task = Import(
            file=PurchaseFile(path, MAPPING),
            place=place,
            create_members=create_members,
            rejects=file,
            on_progress=lambda tally: None,
            limit=limit,
        )
        found = task.survey()
        tally = task.run(found)
    assert tally.accounted == tally.rows == found.rows
    assert file.count == tally.rejected
    if not rejects.exists():
        return tally, []
    with rejects.open(encoding="utf-8", newline="") as written:
        return tally, list(csv.DictReader(written))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "zakupy.csv"
    path.write_text("\n".join(ROWS), encoding="utf-8")
    return path


@pytest.fixture
def place(world: World) -> Place:
    return find_place(name="marek", currency=None, shop="praga", mapping=MAPPING)


def test_every_row_is_taken_in_or_refused_with_its_reason(path: Path, place: Place) -> None:
    tally, rejects = run(path, place)
    assert (tally.rows, tally.accepted, tally.returns, tally.rejected) == (12, 4, 1, 7)
    assert (tally.receipts, tally.return_slips, tally.members, tally.points) == (3, 1, 3, 17 + 3)
    assert [(int(one["row"]), one["code"], one["field"], one["value"]) for one in rejects] == [
        (4, "import.not_a_number", "quantity", "dwa"),
        (5, "import.receipt_refused", "", ""),
        (11, "import.unknown_till", "till", "9"),
        (13, "import.malformed_row", "", ""),
        (8, "store.bad_vat", "vat", "99"),
        (9, "import.receipt_refused", "", ""),
        (10, "store.ancient", "occurred_at", "1985-05-02T10:20:00+02:00"),
    ]
    assert all(one["reason"] for one in rejects)


def test_what_went_in_is_right_to_the_grosz_and_the_ledger_verifies(path: Path, place: Place) -> None:
    run(path, place)
    with tenancy.reading(place.organization):
        totals = {(one.receipt_number, one.business_date.isoformat()): one.total for one in recent()}
        [slip] = waiting_returns()
        member = lookup(card="100001")
        [points] = balance(member.id)
    assert totals == {("1", "2024-05-02"): 1733, ("3", "2024-05-02"): 500, ("1", "2024-05-03"): 349}
    assert (slip.return_number, slip.total, slip.customer, points.spendable) == ("4", 349, member.customer_id, 17)
    assert verify(place.organization).problem is None


def test_a_second_run_adds_nothing(path: Path, place: Place) -> None:
    first, rejects = run(path, place)
    again, same_rejects = run(path, place)
    assert (again.accepted, again.returns, again.members, again.points) == (0, 0, 0, 0)
    assert (again.repeated, again.returns_repeated, again.rejected) == (first.accepted, first.returns, first.rejected)
    assert same_rejects == rejects
    with tenancy.reading(place.organization):
        assert len(recent()) == 3


def test_an_import_that_stopped_midway_is_completed_by_the_next(path: Path, place: Place) -> None:
    begun, _ = run(path, place, limit=1)
    assert (begun.rows, begun.receipts) == (2, 1)  # a receipt is never cut
    whole, _ = run(path, place)
    assert (whole.accepted, whole.repeated) == (2, 2)


def test_a_changed_receipt_is_refused_as_a_conflict(path: Path, place: Place) -> None:
    run(path, place)
    path.write_text(path.read_text(encoding="utf-8").replace("Gazeta;1;5,00", "Gazeta;1;6,00"), encoding="utf-8")
    tally, rejects = run(path, place)
    [conflict] = [one for one in rejects if one["code"] == "store.content_conflict"]
    assert (conflict["row"], conflict["receipt"], tally.accepted) == ("6", "3", 0)
    path.write_text(path.read_text(encoding="utf-8").replace("Mleko;-1", "Mleko;-2"), encoding="utf-8")
    _, rejects = run(path, place)
    assert [one["row"] for one in rejects if one["code"] == "store.content_conflict"] == ["6", "7"]


def test_without_new_members_purchases_are_kept_for_whoever_claims_them(path: Path, place: Place) -> None:
    tally, _ = run(path, place, create_members=False)
    assert (tally.receipts, tally.members, tally.points) == (3, 0, 0)
    with tenancy.reading(place.organization):
        assert members_count() == 0
        assert {one.receipt_number for one in recent() if one.claimable} == {"1"}


def test_tills_of_the_file_are_created_when_asked_to(path: Path, place: Place) -> None:
    create_tills(place, ["", "9"])
    _, rejects = run(path, place)
    assert "import.unknown_till" not in {one["code"] for one in rejects}
    with tenancy.reading(place.organization):
        assert {till.code for till in queries.tills()} == {"1", "9", "import"}
        by_code = {till.id: till.code for till in queries.tills()}
        assert {one.receipt_number: by_code[one.till] for one in recent()}["7"] == "9"


def test_a_place_is_created_with_a_currency_and_found_again(db: None) -> None:
    british = Mapping(country="GB", language="en", timezone="Europe/London")
    made = find_place(name="Gift Shop", currency="GBP", shop=None, mapping=british)
    found = find_place(name="Gift Shop", currency="GBP", shop=None, mapping=british)
    assert (made.created, found.created) == (True, False)
    assert (found.organization, found.shop, found.tills) == (made.organization, made.shop, made.tills)
    assert found == find_place(name=None, currency=None, shop=None, mapping=british)
    with tenancy.reading(made.organization):
        organization = queries.organization()
    assert (organization.slug, organization.currency, organization.timezone) == ("gift-shop", "GBP", "Europe/London")


@pytest.mark.parametrize(
    ("name", "currency", "shop", "code"),
    [
        ("nie ma", None, None, "import.unknown_organization"),
        ("marek", "GBP", None, "import.other_currency"),
        ("marek", None, "wola", "import.unknown_shop"),
        (None, None, None, "import.which_organization"),
    ],
)
def test_a_place_that_is_not_there_is_named(
    world: World, other_world: World, name: str | None, currency: str | None, shop: str | None, code: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        find_place(name=name, currency=currency, shop=shop, mapping=MAPPING)
    assert caught.value.problem_code == code
    assert str(caught.value.remedy)


def test_an_owners_own_programme_stays_as_it_is(world: World) -> None:
    with world.scope():
        set_up(name="Stały klient")
    find_place(name="marek", currency="PLN", shop=None, mapping=MAPPING)
    with world.reading():
        from bywalec.loyalty.queries.programme import programme

        assert programme().name == "Stały klient"


def test_the_command_prints_what_became_of_every_row(path: Path, world: World, tmp_path: Path) -> None:
    rejects = tmp_path / "odrzucone.ndjson"
    columns = tmp_path / "columns.yaml"
    names = ["receipt_number", "occurred_at", "sku", "name", "quantity", "unit_price", "vat", "member_card", "till"]
    pairs = ", ".join(f"{name}: {name}" for name in names)
    columns.write_text(f"decimal_comma: true\ncolumns: {{{pairs}}}")
    asked = ["import", "purchases", str(path), "--organization", "marek", "--columns", str(columns)]
    asked += ["--create-members", "--create-tills", "--rejects", str(rejects)]
    result = CliRunner().invoke(application, asked)
    assert result.exit_code == 0, result.output
    rows = {
        line.rsplit(None, 1)[0].strip(): line.rsplit(None, 1)[1] for line in result.stdout.splitlines() if line.strip()
    }
    assert rows["wszystkie wiersze pliku"] == "12"
    assert rows["odrzucone"] == "6"
    assert len(rejects.read_text(encoding="utf-8").splitlines()) == 6
