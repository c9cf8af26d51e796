"""What the terminal says once the demo is served: where to go, how to come in, a receipt to post."""

import json
import shlex
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from bywalec.cli.demo.baskets import as_line
from bywalec.cli.demo.goods import read_shelves
from bywalec.cli.demo.notes import Notes, Regular
from bywalec.cli.demo.shop import read_shop
from bywalec.cli.language import _
from bywalec.store.rules.purchase import line_total

EXAMPLE = (("Chleb wiejski 500 g", "1"), ("Szynka wiejska", "0.345"), ("Piwo jasne 0,5 l butelka", "2"))
NOW = "date -u +%Y-%m-%dT%H:%M:%SZ"
ROLES = {"owner": _("owner"), "consultant": _("consultant"), "cashier": _("cashier")}


def summary(notes: Notes, *, address: str, folder: Path) -> Iterator[str]:
    """Yield the lines to print.

    Args:
        notes: of the complete demo.
        address: at which it is served, without a slash at the end.
        folder: where its data lies.
    """
    shop = read_shop()
    yield ""
    yield _("{shop} is open: {address}").format(shop=shop.organization.name, address=address)
    yield ""
    yield from _columns(
        [
            (_("Console of the staff"), f"{address}/console/"),
            (_("Page of the shop with the chat"), f"{address}/demo/"),
            (_("Description of the API"), f"{address}/api/v1/openapi.json"),
        ]
    )
    yield ""
    yield _("Sign in to the console:")
    yield from _columns(
        [(f"{who.name} ({ROLES.get(who.role, who.role)})", f"{who.email}   {who.password}") for who in notes.staff]
    )
    if notes.regulars and notes.keys:
        regular = notes.regulars[0]
        yield ""
        yield _("A receipt from the till for {name}, card {card} (run it in another terminal):").format(
            name=regular.name, card=regular.card
        )
        yield "  " + receipt_command(address, notes.keys.till, regular)
    yield ""
    yield _("The data lies in {folder}; Ctrl C ends the demo.").format(folder=folder)


def receipt_command(address: str, key: str, regular: Regular) -> str:
    """Return a shell command that posts a fresh receipt for a member each time it is run."""
    shelves = read_shelves()
    lines = [as_line(shelves.named(name), Decimal(quantity)) for name, quantity in EXAMPLE]
    body = json.dumps(
        {
            "till": read_shop().till.code,
            "receipt_number": "<number>",
            "occurred_at": "<now>",
            "member": {"card": regular.card},
            "currency": "PLN",
            "total": sum(map(line_total, lines)),
            "lines": [
                {
                    "sku": line.sku,
                    "name": line.name,
                    "category": line.category,
                    "quantity": str(line.quantity),
                    "unit_price": line.unit_price,
                    "vat": line.vat,
                }
                for line in lines
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    quoted = shlex.quote(body).replace("<number>", "'$(date +%s)'").replace("<now>", f"'$({NOW})'")
    return (
        f"curl -s {address}/api/v1/purchases -H 'Authorization: Bearer {key}'"
        f" -H 'Content-Type: application/json' -d {quoted}"
    )


def _columns(rows: list[tuple[str, str]]) -> Iterator[str]:
    width = max(len(name) for name, _value in rows)
    for name, value in rows:
        yield f"  {name:<{width}}   {value}"
