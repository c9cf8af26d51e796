"""The caches and queues between the event loop and its threads."""

import asyncio
import threading
from concurrent.futures import Future

import pytest

from bywalec.foundation.errors import Busy, NotFound, TooMany
from bywalec.foundation.rates import TokenBuckets
from bywalec.lane.landing import Landing
from bywalec.lane.remembering import Remembered


def test_one_question_at_a_time_and_no_second_while_it_is_fresh() -> None:
    asked: list[str] = []

    async def load(key: str) -> str:
        asked.append(key)
        await asyncio.sleep(0)
        return key.upper()

    async def run() -> list[str]:
        known = Remembered(load, seconds=60, entries_max=10)
        together = await asyncio.gather(*(known.get("a") for _ in range(50)))
        return [*together, await known.get("a")]

    assert asyncio.run(run()) == ["A"] * 51
    assert asked == ["a"]


def test_a_refusal_is_remembered_and_an_old_answer_is_not() -> None:
    asked = 0

    async def load(key: str) -> str:
        nonlocal asked
        asked += 1
        raise NotFound(field=key)

    async def run(seconds: float) -> None:
        known = Remembered(load, seconds=seconds, entries_max=10)
        for _ in range(3):
            with pytest.raises(NotFound):
                await known.get("a")

    asyncio.run(run(60))
    assert asked == 1
    asked = 0
    asyncio.run(run(0))
    assert asked == 3


def test_a_trouble_of_ours_is_not_remembered() -> None:
    asked = 0

    async def load(key: str) -> str:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise Busy
        return key

    async def run() -> str:
        known = Remembered(load, seconds=60, entries_max=10)
        with pytest.raises(Busy):
            await known.get("a")
        return await known.get("a")

    assert asyncio.run(run()) == "a"


def test_the_oldest_answers_go_first() -> None:
    asked: list[int] = []

    async def load(key: int) -> int:
        asked.append(key)
        return key

    async def run() -> None:
        known = Remembered(load, seconds=60, entries_max=2)
        for key in (1, 2, 3, 2, 1):
            await known.get(key)

    asyncio.run(run())
    assert asked == [1, 2, 3, 1]


def test_answers_of_another_thread_land_with_result_or_error() -> None:
    async def run() -> list[int | BaseException]:
        landing: Landing[int] = Landing()
        futures: list[Future[int]] = [Future() for _ in range(100)]
        waiters = [landing.waiter(future) for future in futures]

        def answer() -> None:
            for number, future in enumerate(futures):
                if number == 7:
                    future.set_exception(NotFound())
                else:
                    future.set_result(number)

        thread = threading.Thread(target=answer)
        thread.start()
        answers = await asyncio.gather(*waiters, return_exceptions=True)
        thread.join()
        return answers

    answers = asyncio.run(run())
    assert isinstance(answers[7], NotFound)
    assert [one for one in answers if isinstance(one, int)] == [number for number in range(100) if number != 7]


def test_a_client_that_left_does_not_cancel_what_is_being_written() -> None:
    async def run() -> Future[int]:
        landing: Landing[int] = Landing()
        future: Future[int] = Future()
        waiter = landing.waiter(future)
        waiter.cancel()
        await asyncio.sleep(0)
        assert not future.cancelled()
        future.set_result(1)
        await asyncio.sleep(0)
        return future

    assert asyncio.run(run()).result() == 1


def test_a_bucket_lets_a_burst_through_and_then_its_rate() -> None:
    buckets = TokenBuckets(per_second=2, burst=3)
    assert [buckets.take("a", 0.0).wait_seconds for _ in range(4)] == [0, 0, 0, 1]
    assert buckets.take("b", 0.0).remaining == 2
    later = buckets.take("a", 0.5)
    assert (later.wait_seconds, later.remaining, later.limit) == (0, 0, 3)
    with pytest.raises(TooMany) as caught:
        buckets.take("a", 0.5).require()
    assert caught.value.data["retry_after"] == 1
    assert buckets.take("a", 100.0).remaining == 2


def test_forgotten_buckets_are_full_again() -> None:
    buckets = TokenBuckets(per_second=0.001, burst=1, keys_max=2)
    assert buckets.take("a", 0.0).wait_seconds == 0
    assert buckets.take("a", 0.0).wait_seconds > 0
    buckets.take("b", 0.0)
    buckets.take("c", 0.0)
    assert buckets.take("a", 0.0).wait_seconds == 0
