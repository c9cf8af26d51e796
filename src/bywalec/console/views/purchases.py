"""Purchases: receipts as they came in, and why each line gave the points it gave."""

from uuid import UUID

from django.http import HttpResponse

from bywalec.console.permissions import requires
from bywalec.console.showing.purchases import found_purchases, newest_purchases, purchase_page
from bywalec.console.visit import PAGE_SIZE, Visit

SEARCH_LENGTH_MAX = 64


@requires("purchases.read")
def purchases(visit: Visit) -> HttpResponse:
    """List the newest purchases, or those of a receipt number."""
    number = visit.request.GET.get("q", "").strip()[:SEARCH_LENGTH_MAX]
    before = visit.cursor("before")
    with visit.reading():
        rows = found_purchases(number) if number else newest_purchases(limit=PAGE_SIZE + 1, before=before)
        shown = rows[:PAGE_SIZE]
        older = f"?before={shown[-1].purchase.id}" if not number and len(rows) > PAGE_SIZE else ""
        context = {"rows": shown, "q": number, "older": older, "before": before}
        return visit.page("console/purchases/list.html", context)


@requires("purchases.read")
def purchase(visit: Visit, purchase_id: UUID) -> HttpResponse:
    """Show one receipt, line by line."""
    with visit.reading():
        return visit.page("console/purchases/purchase.html", {"page": purchase_page(purchase_id)})
