"""Products by code, found by what people type."""

import pytest

from bywalec.foundation.errors import InvalidInput
from bywalec.store.actions.catalogue import upsert_products
from bywalec.store.models import Product
from bywalec.store.queries.products import categories, product_by_sku, search_products
from bywalec.store.rules.product import ProductDraft
from tests.plugins.world import World

PRODUCTS = [
    ProductDraft(sku="590-1", name="Mleko Łaciate 3,2%", price=349, category="nabiał", vat="5"),
    ProductDraft(sku="590-2", name="Żółty ser Gouda", price=2999, category="nabiał", unit="kg"),
    ProductDraft(sku="590-3", name="Coca-Cola 1,5 l", price=899, category="napoje", vat="23"),
    ProductDraft(sku="590-4", name="Gazeta", price=500),
]


def test_products_come_back_in_the_order_of_the_batch(ours: World) -> None:
    written = upsert_products(PRODUCTS)
    assert [one.sku for one in written] == [one.sku for one in PRODUCTS]
    assert product_by_sku("590-2") == written[1]
    assert (written[1].unit, written[1].currency, written[1].vat) == ("kg", "PLN", None)
    assert product_by_sku("nie ma") is None


def test_the_same_code_changes_the_product_and_keeps_its_id(ours: World) -> None:
    first = upsert_products(PRODUCTS)[0]
    cheaper = upsert_products([ProductDraft(sku="590-1", name="Mleko Wypasione", price=299)])[0]
    assert (cheaper.id, cheaper.price, cheaper.name) == (first.id, 299, "Mleko Wypasione")
    assert Product.objects.count() == len(PRODUCTS)
    assert [one.sku for one in search_products("laciate")] == []


def test_of_one_code_twice_in_a_batch_the_later_holds(ours: World) -> None:
    both = upsert_products([ProductDraft(sku="1", name="A", price=1), ProductDraft(sku="1", name="B", price=2)])
    assert [one.name for one in both] == ["B", "B"]


@pytest.mark.parametrize(
    ("typed", "skus"),
    [
        ("mleko", ["590-1"]),
        ("LACIATE mle", ["590-1"]),
        ("zolty", ["590-2"]),
        ("cola", ["590-3"]),
        ("coca-cola", ["590-3"]),
        ("nabial", ["590-1", "590-2"]),
        ("590", ["590-3", "590-4", "590-1", "590-2"]),
        ("leko", []),
        ("100%", []),
        ("_", ["590-3", "590-4", "590-1", "590-2"]),
        ("", ["590-3", "590-4", "590-1", "590-2"]),
    ],
)
def test_search_without_case_and_diacritics_by_beginnings_of_words(ours: World, typed: str, skus: list[str]) -> None:
    upsert_products(PRODUCTS)
    assert [one.sku for one in search_products(typed)] == skus


def test_search_by_group_with_a_limit_and_without_what_is_not_sold(ours: World) -> None:
    upsert_products([*PRODUCTS, ProductDraft(sku="590-5", name="Mleko dawne", price=1, category="stare", active=False)])
    assert [one.sku for one in search_products("", category="napoje")] == ["590-3"]
    assert len(search_products("", limit=2)) == 2
    assert categories() == ["nabiał", "napoje"]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (ProductDraft(sku="", name="A", price=1), "[1].sku"),
        (ProductDraft(sku="1", name=" ", price=1), "[1].name"),
        (ProductDraft(sku="1", name="A\x00", price=1), "[1].name"),
        (ProductDraft(sku="1", name="A", price=-1), "[1].price"),
        (ProductDraft(sku="1", name="A", price=1, vat="99"), "[1].vat"),
        (ProductDraft(sku="1", name="A", price=1, unit=""), "[1].unit"),
        (ProductDraft(sku="1", name="A", price=1, category="x" * 81), "[1].category"),
    ],
)
def test_a_bad_product_refuses_the_batch_and_names_its_place(ours: World, bad: ProductDraft, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        upsert_products([PRODUCTS[0], bad])
    assert caught.value.field == field
    assert Product.objects.count() == 0


def test_tenants_have_catalogues_of_their_own(world: World, other_world: World) -> None:
    with world.scope():
        upsert_products(PRODUCTS)
    with other_world.scope():
        assert search_products("mleko") == []
        upsert_products([ProductDraft(sku="590-1", name="Mleko obce", price=1)])
    with world.reading():
        found = product_by_sku("590-1")
        assert found is not None
        assert found.name == "Mleko Łaciate 3,2%"
