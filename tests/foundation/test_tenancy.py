"""One organization, one transaction: nothing of another tenant is seen, nothing half-written stays."""

from uuid import UUID

import pytest
from django.db import connection
from django_scopes.exceptions import ScopeError

from bywalec.foundation import administration, queries, tenancy
from bywalec.foundation.errors import NotFound, OutsideScope
from bywalec.foundation.models import Shop

pytestmark = pytest.mark.django_db


def test_a_scope_sees_only_its_own_rows(ours: UUID, theirs: UUID) -> None:
    with tenancy.scope(theirs):
        foreign = administration.create_shop(code="s1", name="Obcy")
    with tenancy.scope(ours):
        own = administration.create_shop(code="s1", name="Własny")
        assert [shop.id for shop in queries.shops()] == [own]
        with pytest.raises(NotFound):
            queries.shop(foreign)
    with tenancy.scope(theirs):
        assert queries.shop(foreign).name == "Obcy"


def test_rows_cannot_be_read_outside_a_scope(ours: UUID) -> None:
    with pytest.raises(ScopeError):
        Shop.objects.count()
    with pytest.raises(OutsideScope):
        tenancy.current()
    with tenancy.everything():
        assert Shop.objects.count() == 0


def test_a_failing_unit_of_work_leaves_nothing(ours: UUID) -> None:
    def half_done() -> None:
        with tenancy.scope(ours):
            administration.create_shop(code="s1", name="Pół")
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        half_done()
    with tenancy.reading(ours):
        assert queries.shops() == []


@pytest.mark.django_db(transaction=True)
def test_a_scope_inside_a_scope_is_refused(ours: UUID, theirs: UUID) -> None:
    with tenancy.scope(ours), pytest.raises(RuntimeError), tenancy.scope(theirs):
        pass


@pytest.mark.django_db(transaction=True)
def test_reading_takes_no_write_lock_and_cannot_write_on_postgresql(ours: UUID) -> None:
    with tenancy.reading(ours):
        assert queries.organization().slug == "ours"
        if connection.vendor == "sqlite":
            assert getattr(connection, "transaction_mode") == "IMMEDIATE"  # not declared by Django
    if connection.vendor == "postgresql":
        from django.db.utils import InternalError

        with pytest.raises(InternalError), tenancy.reading(ours):
            administration.create_shop(code="s1", name="Nie")
