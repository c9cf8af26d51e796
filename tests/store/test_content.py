"""When two receipts are the same: the digest and the comparison never disagree."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bywalec.store.rules.purchase import LineDraft, PurchaseDraft, basket_hash, content_hash, differing_fields
from tests.plugins.world import World
from tests.store.conftest import NOON, changed, line, receipt


def test_a_conflict_needs_a_difference_a_repeat_needs_none(ours: World) -> None:
    draft = receipt(ours, line("1"), line("2"))
    twin = changed(draft, lines=tuple(draft.lines))
    assert (content_hash(draft), differing_fields(draft, twin)) == (content_hash(twin), ())
    turned = changed(draft, lines=draft.lines[::-1])
    assert content_hash(draft) != content_hash(turned)
    assert basket_hash(draft) == basket_hash(turned)


goods = st.builds(
    LineDraft,
    sku=st.sampled_from("abc"),
    name=st.sampled_from(["x", "y"]),
    quantity=st.decimals(min_value=-3, max_value=3, places=1).filter(bool),
    unit_price=st.integers(min_value=0, max_value=3),
    discount=st.just(0),
)
drafts = st.builds(
    PurchaseDraft,
    shop=st.just(UUID(int=1)),
    till=st.just(UUID(int=2)),
    receipt_number=st.just("1"),
    business_date=st.just(date(2026, 3, 2)),
    occurred_at=st.sampled_from([NOON, NOON + timedelta(minutes=1)]),
    currency=st.sampled_from(["PLN", "EUR"]),
    total=st.integers(min_value=0, max_value=1),
    lines=st.lists(goods, min_size=1, max_size=3).map(tuple),
    order_number=st.sampled_from([None, "1"]),
)


@given(drafts, drafts)
def test_two_receipts_have_one_digest_exactly_when_no_field_differs(
    first: PurchaseDraft, second: PurchaseDraft
) -> None:
    assert (content_hash(first) == content_hash(second)) == (differing_fields(first, second) == ())
    same_goods = differing_fields(first, second, same_receipt=False) == ()
    assert (basket_hash(first) == basket_hash(second)) == same_goods
