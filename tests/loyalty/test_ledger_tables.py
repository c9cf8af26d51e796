"""What the database itself refuses: changed or deleted entries, balances of the wrong sign, a lot beyond its amount."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from bywalec.foundation import clock
from bywalec.foundation.append_only import RowsAreFinal
from bywalec.foundation.rows import bound
from bywalec.loyalty.models import Account, Allocation, Entry, HoldPart, Lot, RuleVersion, Transaction
from bywalec.loyalty.queries.history import history
from bywalec.loyalty.queries.members import MemberInfo
from tests.loyalty.conftest import Grocery

FINAL = [
    (Transaction, "reason", "'x'"),
    (Entry, "amount", "amount + 1"),
    (Allocation, "amount", "amount + 1"),
    (HoldPart, "amount", "amount + 1"),
    (RuleVersion, "version", "version + 1"),
]


@pytest.fixture
def written(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    grocery.spend(ola, 2)
    grocery.spend(ola, 3, hold=True)


@pytest.mark.req("L8")
@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(("model", "column", "change"), FINAL)
@pytest.mark.parametrize(
    "statement", ["UPDATE {table} SET {column} = {change} WHERE id = %s", "DELETE FROM {table} WHERE id = %s"]
)
def test_the_database_refuses_to_change_or_delete_what_was_posted(
    model: type[Transaction], column: str, change: str, statement: str
) -> None:
    row = model.objects.all()[0]
    sql = statement.format(table=model._meta.db_table, column=column, change=change)
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [bound(row.id)])


@pytest.mark.req("L8")
@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("model", [model for model, _, _ in FINAL])
def test_the_program_refuses_it_as_well(model: type[Transaction]) -> None:
    row = model.objects.all()[0]
    for change in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.all().update(id=row.id)):
        with pytest.raises(RowsAreFinal):
            change()


@pytest.mark.usefixtures("written")
def test_the_database_refuses_impossible_balances_and_lots() -> None:
    _refused(lambda: Account.objects.filter(kind="active").update(balance=-1))
    _refused(lambda: Account.objects.filter(kind="debt").update(balance=1))
    _refused(lambda: Lot.objects.update(held=F("remaining") + 1))
    _refused(lambda: Lot.objects.update(remaining=F("amount") + 1))
    _refused(lambda: Lot.objects.update(expired=F("amount") - F("remaining") + 1))


@pytest.mark.req("L2")
@pytest.mark.usefixtures("written")
def test_every_transaction_sums_to_zero_over_member_and_programme_accounts() -> None:
    sums: dict[UUID, int] = {}
    for entry in Entry.objects.all():
        sums[entry.transaction_id] = sums.get(entry.transaction_id, 0) + entry.amount
    assert len(sums) == 3
    assert set(sums.values()) == {0}
    kinds = set(Entry.objects.values_list("account__kind", flat=True))
    assert kinds == {"active", "held", "issued", "redeemed"}
    assert set(Account.objects.values_list("kind", flat=True)) == {
        "active",
        "pending",
        "held",
        "debt",
        "issued",
        "redeemed",
        "expired",
        "adjusted",
    }


@pytest.mark.req("L1")
@pytest.mark.usefixtures("written")
def test_points_and_money_are_whole_numbers_in_every_column() -> None:
    for model in (Account, Entry, Lot, Allocation, HoldPart):
        for field in model._meta.local_fields:
            assert field.get_internal_type() not in {"FloatField", "DecimalField"}, field
    for entry in Entry.objects.all():
        assert all(type(value) in {int, type(None)} for value in (entry.amount, entry.balance_before, entry.sequence))


@pytest.mark.req("L10")
def test_order_is_by_sequence_whatever_the_clock_says(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 1)
    with clock.frozen(clock.now() - timedelta(hours=5)):
        grocery.earn(ola, 2)
    grocery.earn(ola, 3)
    lines = history(ola.id)
    assert [(line.points, line.balance_after) for line in lines] == [(3, 6), (2, 3), (1, 1)]
    assert lines[1].at < lines[2].at
    entries = Entry.objects.filter(account__kind="active").order_by("sequence")
    assert [(one.sequence, one.balance_before, one.balance_after) for one in entries] == [
        (1, 0, 1),
        (2, 1, 3),
        (3, 3, 6),
    ]


def _refused(change: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
