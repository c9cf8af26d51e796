"""Setting what is sold and when the shop is open."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from bywalec.foundation import audit, clock, queries, tenancy
from bywalec.store import errors
from bywalec.store.models import Product, ShopHours, SpecialDay
from bywalec.store.queries.products import ProductInfo, products_by_sku
from bywalec.store.rules.hours import Interval, checked_intervals
from bywalec.store.rules.product import ProductDraft, check_product, folded

NOTE_LENGTH_MAX = 200
UPDATED = ["name", "category", "unit", "price", "currency", "vat", "active", "folded", "updated_at"]


def upsert_products(batch: Sequence[ProductDraft]) -> list[ProductInfo]:
    """Write products by their code, new or changed, in one statement, and return them in the order of the batch.

    Of two drafts with the same code the later one holds.

    Raises:
        InvalidInput: with the place in the batch, such as ``[3].price``; nothing is written.
    """
    currency, organization, now = queries.organization().currency, tenancy.current(), clock.now()
    for position, draft in enumerate(batch):
        check_product(draft, currency=currency, path=f"[{position}].")
    last = {draft.sku: draft for draft in batch}
    rows = [
        Product(
            organization_id=organization,
            sku=draft.sku,
            name=draft.name,
            category=draft.category,
            unit=draft.unit,
            price=draft.price,
            currency=currency,
            vat=draft.vat,
            active=draft.active,
            folded=folded(draft),
            updated_at=now,
        )
        for _, draft in sorted(last.items())
    ]
    Product.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organization", "sku"], update_fields=UPDATED
    )
    found = products_by_sku(last)
    return [found[draft.sku] for draft in batch]


def set_hours(*, shop: UUID, weekly: Mapping[int, Sequence[Interval]]) -> None:
    """Set a shop's usual hours; weekdays that are not named are closed.

    Args:
        shop: the shop's id.
        weekly: by ISO weekday (1 = Monday): intervals in minutes after midnight, (540, 1020) is 9:00–17:00.

    Raises:
        InvalidInput: an unknown weekday, or intervals that contradict themselves.
        NotFound: no such shop here.
    """
    queries.shop(shop)
    organization = tenancy.current()
    rows = []
    for weekday, intervals in weekly.items():
        if not 1 <= weekday <= 7:
            raise errors.HoursRefused(field="weekly", value=weekday)
        for opens, closes in checked_intervals(intervals, field=f"weekly[{weekday}]"):
            rows.append(
                ShopHours(
                    organization_id=organization,
                    shop_id=shop,
                    weekday=weekday,
                    opens_minute=opens,
                    closes_minute=closes,
                )
            )
    ShopHours.objects.filter(shop_id=shop).delete()
    ShopHours.objects.bulk_create(rows)
    audit.record("store.set_hours", subject_kind="shop", subject=shop)


def set_special_day(*, shop: UUID, day: date, intervals: Sequence[Interval] = (), note: str = "") -> None:
    """Let a date differ from its weekday: other hours, or none when the shop is closed; also over a public holiday.

    Args:
        shop: the shop's id.
        day: the date.
        intervals: in minutes after midnight; none: closed.
        note: what customers are told, such as "inwentaryzacja".

    Raises:
        InvalidInput: intervals that contradict themselves, a note that is too long.
        NotFound: no such shop here.
    """
    queries.shop(shop)
    if len(note) > NOTE_LENGTH_MAX:
        raise errors.TextTooLong(field="note", value=note, length=len(note), limit=NOTE_LENGTH_MAX)
    ordered = [list(interval) for interval in checked_intervals(intervals, field="intervals")]
    SpecialDay.objects.update_or_create(
        organization_id=tenancy.current(), shop_id=shop, day=day, defaults={"intervals": ordered, "note": note}
    )
    audit.record("store.set_special_day", subject_kind="shop", subject=shop, data={"day": day.isoformat()})


def clear_special_day(*, shop: UUID, day: date) -> None:
    """Let a date follow its weekday and the law again."""
    SpecialDay.objects.filter(shop_id=shop, day=day).delete()
    audit.record("store.clear_special_day", subject_kind="shop", subject=shop, data={"day": day.isoformat()})
