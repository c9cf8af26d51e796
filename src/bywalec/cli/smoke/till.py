"""The till: sells a random basket, sends its receipt, and works out the points by itself."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

import httpx

from bywalec.cli.demo.baskets import Baskets
from bywalec.cli.demo.goods import Shelves
from bywalec.cli.demo.habits import read_habits
from bywalec.cli.demo.notes import Notes, Regular
from bywalec.cli.demo.points import earned
from bywalec.cli.demo.shop import Shop
from bywalec.cli.smoke.expectation import Disappointed, Document, document, number, only, require_equal, text
from bywalec.foundation import clock
from bywalec.store.rules.purchase import LineDraft, line_total

ATTEMPTS_MAX = 200


@dataclass(frozen=True, slots=True)
class Sale:
    """A receipt as it was sent, and the points it is worth by our own reckoning."""

    body: Document
    total: int
    lines: int
    points: int


class Till:
    """The demo's till with its key.

    Args:
        address: of the server.
        notes: keys and members.
        shop: the programme's rule.
        shelves: what is sold.
        chance: picks the goods.
    """

    def __init__(self, address: str, notes: Notes, shop: Shop, shelves: Shelves, chance: Random) -> None:
        if notes.keys is None:
            raise Disappointed("the demo noted down no key for its till")
        self._http = httpx.Client(
            base_url=address, headers={"Authorization": f"Bearer {notes.keys.till}"}, timeout=httpx.Timeout(15)
        )
        self._shop = shop
        self._shelves = shelves
        self._chance = chance
        self._baskets = Baskets(chance, read_habits(), shelves)

    def sell(self, regular: Regular) -> Sale:
        """Fill a basket that earns at least one point."""
        now = clock.local(clock.now(), "Europe/Warsaw")
        lines = self._basket(now)
        total = sum(map(line_total, lines))
        body: Document = {
            "till": self._shop.till.code,
            "receipt_number": f"S{self._chance.randrange(10**9):09d}",
            "occurred_at": now.isoformat(timespec="seconds"),
            "member": {"card": regular.card},
            "currency": "PLN",
            "total": total,
            "lines": [_sent(line) for line in lines],
        }
        return Sale(body, total, len(lines), earned(lines, self._shop.programme, self._shelves))

    def _basket(self, now: datetime) -> list[LineDraft]:
        self._baskets.start_day(now.date())
        kinds = list(read_habits().kinds.values())
        for _ in range(ATTEMPTS_MAX):
            lines = self._baskets.fill(None, self._chance.choice(kinds), now.date(), now.hour)
            if earned(lines, self._shop.programme, self._shelves):
                return lines
        raise Disappointed("no basket earned a point")

    def send(self, sale: Sale, *, status: int) -> bytes:
        """Send a receipt and return the answer's bytes."""
        answer = self._http.post("/api/v1/purchases", json=sale.body)
        document(answer, status=status)
        return answer.content

    def send_changed(self, sale: Sale) -> str:
        """Send the receipt once more with another name on its first line; return the code of the refusal."""
        first = self._lines(sale)[0]
        changed = {**first, "name": f"{first['name']} (inny)"}
        answer = self._http.post("/api/v1/purchases", json={**sale.body, "lines": [changed, *self._lines(sale)[1:]]})
        return text("refusal", document(answer, status=409), "code")

    def balance(self, regular: Regular) -> int:
        """Return what the member can spend."""
        answer = self._http.get(f"/api/v1/members/{regular.member}/balance")
        unit = only("balance", document(answer, status=200).get("units"))
        require_equal("points that wait", number("balance", unit, "pending"), 0)
        return number("balance", unit, "spendable")

    def redeem(self, regular: Regular, reward: str, *, key: str) -> Document:
        """Take a reward for the member's points."""
        answer = self._http.post(
            "/api/v1/redemptions",
            json={"member": {"card": regular.card}, "reward": reward},
            headers={"Idempotency-Key": key},
        )
        return document(answer, status=201)

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    @staticmethod
    def _lines(sale: Sale) -> list[Document]:
        lines = sale.body["lines"]
        assert isinstance(lines, list)
        return lines


def _sent(line: LineDraft) -> Document:
    return {
        "sku": line.sku,
        "name": line.name,
        "category": line.category,
        "quantity": str(line.quantity),
        "unit_price": line.unit_price,
        "discount": line.discount,
        "vat": line.vat,
    }
