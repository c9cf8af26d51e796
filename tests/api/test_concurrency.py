"""Many tills at once: what was acknowledged is in the database, and points are spent once."""

import asyncio
import json
import threading
from collections import Counter as Tally
from itertools import count
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.db import connection

from bywalec.foundation import api_keys
from bywalec.foundation.ids import new_id
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.queries.verify import verify
from tests.api.conftest import PURCHASES, Counter, Headers, line, receipt
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)
CONNECTIONS = 64
POINTS_OF_A_RECEIPT = 5


async def post_all(url: str, key: Headers, path: str, bodies: list[dict[str, Any]]) -> list[httpx.Response]:
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        return list(await asyncio.gather(*(client.post(path, json=body, headers=key) for body in bodies)))


def earn(served: Served, counter: Counter, *receipts: dict[str, Any]) -> None:
    for one in receipts:
        assert served.client.post(PURCHASES, headers=counter.till_key, json=one).status_code == 201


@pytest.mark.req("L4", "L5", "L15")
def test_what_64_connections_were_told_is_in_the_database(quiet: None, served: Served, counter: Counter) -> None:
    sent = [receipt(member={"card": counter.card}) for _ in range(4 * CONNECTIONS)]
    answers = asyncio.run(post_all(served.url, counter.till_key, PURCHASES, sent + sent[: CONNECTIONS // 2]))
    statuses = Tally(answer.status_code for answer in answers)
    assert statuses == {201: len(sent), 200: CONNECTIONS // 2}
    told = {answer.json()["purchase"] for answer in answers}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM store_purchase")
        kept = {str(UUID(str(row[0]))) for row in cursor.fetchall()}
    assert told == kept
    points = sum(answer.json()["points"][0]["earned"] for answer in answers if answer.status_code == 201)
    assert points == len(sent) * POINTS_OF_A_RECEIPT
    with counter.world.reading():
        assert balance(counter.member)[0].spendable == points
    report = verify(counter.world.organization)
    assert report.problem is None


@pytest.mark.req("L4", "L6", "R2")
def test_64_connections_never_overspend(quiet: None, served: Served, counter: Counter) -> None:
    earn(served, counter, *(receipt(member={"card": counter.card}) for _ in range(3)))
    bodies = [{"member": {"card": counter.card}, "points": 2} for _ in range(CONNECTIONS)]
    answers = asyncio.run(post_all(served.url, counter.till_key, "/api/v1/redemptions", bodies))
    statuses = Tally(answer.status_code for answer in answers)
    assert statuses == {201: 7, 409: CONNECTIONS - 7}
    refused = next(answer.json() for answer in answers if answer.status_code == 409)
    assert refused["code"] == "loyalty.insufficient_points"
    with counter.world.reading():
        assert balance(counter.member)[0].spendable == 1
    assert verify(counter.world.organization).problem is None


@pytest.mark.req("L5")
def test_one_idempotency_key_spends_once(quiet: None, served: Served, counter: Counter) -> None:
    earn(served, counter, receipt(member={"card": counter.card}))
    body = {"member": {"id": str(counter.member)}, "points": 3}
    key = counter.till_key | {"Idempotency-Key": new_id().hex}
    answers = asyncio.run(post_all(served.url, key, "/api/v1/redemptions", [body] * 16))
    assert Tally(answer.status_code for answer in answers) == {201: 1, 200: 15}
    assert len({answer.content for answer in answers}) == 1
    with counter.world.reading():
        assert balance(counter.member)[0].spendable == 2


def test_organizations_do_not_wait_on_each_other(quiet: None, served: Served, counter: Counter) -> None:
    ours = [receipt(member={"card": counter.card}) for _ in range(CONNECTIONS)]
    theirs = [receipt() for _ in range(CONNECTIONS)]

    async def both() -> tuple[list[httpx.Response], list[httpx.Response]]:
        return await asyncio.gather(
            post_all(served.url, counter.till_key, PURCHASES, ours),
            post_all(served.url, counter.foreign_key, PURCHASES, theirs),
        )

    for answers in asyncio.run(both()):
        assert Tally(answer.status_code for answer in answers) == {201: CONNECTIONS}


def test_a_client_that_hangs_up_interrupts_nothing(quiet: None, served: Served, counter: Counter) -> None:
    sent = [receipt(member={"card": counter.card}) for _ in range(8)]
    host, port = served.url.removeprefix("http://").split(":")

    async def send_and_leave(body: dict[str, Any]) -> None:
        _reader, writer = await asyncio.open_connection(host, int(port))
        content = json.dumps(body).encode()
        head = (
            f"POST {PURCHASES} HTTP/1.1\r\nHost: x\r\nAuthorization: {counter.till_key['Authorization']}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        writer.write(head.encode() + content)
        await writer.drain()
        writer.close()

    async def leave_all() -> None:
        await asyncio.gather(*(send_and_leave(body) for body in sent))

    asyncio.run(leave_all())
    answers = [served.client.post(PURCHASES, headers=counter.till_key, json=body) for body in sent]
    assert {answer.status_code for answer in answers} <= {200, 201}
    with counter.world.reading():
        assert balance(counter.member)[0].spendable == len(sent) * POINTS_OF_A_RECEIPT
    assert verify(counter.world.organization).problem is None


def test_a_full_queue_asks_to_come_again_and_writes_nothing(
    quiet: None, served: Served, counter: Counter, settings: Any
) -> None:
    settings.BYWALEC_WRITER_QUEUE_MAX = 0
    answer = served.client.post(PURCHASES, headers=counter.till_key, json=receipt())
    assert (answer.status_code, answer.json()["code"]) == (503, "loyalty.writer_full")
    assert int(answer.headers["retry-after"]) >= 1
    settings.BYWALEC_WRITER_QUEUE_MAX = 100
    assert served.client.post(PURCHASES, headers=counter.till_key, json=receipt()).status_code == 201


def test_batches_of_lines_and_single_receipts_share_the_writer(quiet: None, served: Served, counter: Counter) -> None:
    numbers = count()
    batch = "\n".join(
        json.dumps(receipt(receipt_number=f"B{next(numbers)}", member={"card": counter.card})) for _ in range(300)
    )
    singles: list[httpx.Response] = []

    def post_singles() -> None:
        bodies = [receipt(member={"card": counter.card}) for _ in range(50)]
        singles.extend(asyncio.run(post_all(served.url, counter.till_key, PURCHASES, bodies)))

    thread = threading.Thread(target=post_singles)
    thread.start()
    answer = served.client.post(
        f"{PURCHASES}/batch",
        headers=counter.till_key | {"Content-Type": "application/x-ndjson"},
        content=batch.encode(),
        timeout=60,
    )
    thread.join(60)
    results = [json.loads(one) for one in answer.text.splitlines()]
    assert [one["line"] for one in results] == list(range(1, 301))
    assert {one["status"] for one in results} == {201}
    assert {one.status_code for one in singles} == {201}
    with counter.world.reading():
        assert balance(counter.member)[0].spendable == 350 * POINTS_OF_A_RECEIPT


def test_a_key_issued_now_works_at_once(quiet: None, served: Served, counter: Counter) -> None:
    with counter.world.scope():
        issued = api_keys.issue(name="Nowa", scopes=["purchases:write"])
    answer = served.client.post(
        PURCHASES, headers={"Authorization": f"Bearer {issued.token}"}, json=receipt(lines=[line()])
    )
    assert answer.status_code == 201
