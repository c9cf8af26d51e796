"""When the shop is open: on a day, now and in the coming week, or on which Sunday next."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import groupby
from uuid import UUID

import msgspec

from bywalec.assistant.grounding.values import Clock, Data, Datum, Day, Words
from bywalec.assistant.skills.skill import Choices, Situation, SkillResult, skill
from bywalec.foundation import queries
from bywalec.foundation.queries import ShopInfo
from bywalec.foundation.text import fold
from bywalec.store.queries import hours
from bywalec.store.queries.hours import OpeningDay

SHOPS_LISTED_MAX = 3  # more shops than this, and we ask which one is meant
SUNDAYS_LOOKED_AT = 10
_ABOUT_SUNDAYS = ("handlow", "trading sunday", "торгов")
_SUNDAY = 6


class HoursRequest(msgspec.Struct, frozen=True):
    """A day, a shop and the words of the question, each where it was named."""

    day: date | None = None
    shop: UUID | None = None
    question: str = ""


@skill(
    "shop.hours",
    request=HoursRequest,
    templates=("shop.hours.day", "shop.hours.week", "shop.hours.sunday", "shop.hours.which", "shop.hours.unknown"),
)
def tell_hours(request: HoursRequest, situation: Situation) -> SkillResult:
    """Tell the opening hours of the shops."""
    everywhere = queries.shops()
    shops = [shop for shop in everywhere if request.shop in {None, shop.id}]
    if not shops:
        return SkillResult(template="shop.hours.unknown", done=False, hands_off="no_answer")
    if len(shops) > SHOPS_LISTED_MAX:
        return _which(shops)
    several = {"several": len(everywhere) > 1}
    if any(word in fold(request.question) for word in _ABOUT_SUNDAYS):
        told = [_sunday(shop, situation) for shop in shops]
        return SkillResult(template="shop.hours.sunday", data={**several, "shops": told}, sources=("store.hours",))
    if request.day is not None:
        return SkillResult(
            template="shop.hours.day",
            data={
                **several,
                **_day(request.day, situation.today),
                "shops": [_on(shop, request.day, situation) for shop in shops],
            },
            sources=("store.hours",),
        )
    told = [_week(shop, situation) for shop in shops]
    return SkillResult(template="shop.hours.week", data={**several, "shops": told}, sources=("store.hours",))


def _which(shops: Sequence[ShopInfo]) -> SkillResult:
    names = {str(shop.id): shop.name for shop in shops}
    return SkillResult(
        template="shop.hours.which",
        data={"names": Words(", ".join(names.values()))},
        done=False,
        choices=Choices("shop", names),
    )


def _day(day: date, today: date) -> Data:
    return {"day": Day(day), "is_today": day == today, "is_tomorrow": day == today + timedelta(days=1)}


def _on(shop: ShopInfo, day: date, situation: Situation) -> dict[str, Datum]:
    return {"name": Words(shop.name), **_told(hours.opening(shop.id, day, language=situation.language))}


def _sunday(shop: ShopInfo, situation: Situation) -> dict[str, Datum]:
    first = situation.today + timedelta(days=(_SUNDAY - situation.today.weekday()) % 7)
    last = first + timedelta(weeks=SUNDAYS_LOOKED_AT)
    days = hours.opening_days(shop.id, first, last, language=situation.language)
    found = next((day for day in days if day.day.weekday() == _SUNDAY and day.is_open), None)
    named: dict[str, Datum] = {"name": Words(shop.name)}
    return named | {"sunday": Day(found.day), **_told(found)} if found else named


def _week(shop: ShopInfo, situation: Situation) -> dict[str, Datum]:
    state = hours.open_state(shop.id, situation.now)
    told: dict[str, Datum] = {"name": Words(shop.name), "open_now": state.open}
    if state.closes_at:
        told["closes_at"] = Clock(_time(state.closes_at))
    if state.next_day and state.next_opens_at:
        told |= {"opens_on": Day(state.next_day), "opens_at": Clock(_time(state.next_opens_at))}
    week = hours.opening_week(shop.id, situation.today, language=situation.language)
    told["rows"] = [_row(list(days)) for _, days in groupby(week, key=_shape)]
    return told


def _shape(day: OpeningDay) -> tuple[object, ...]:
    return tuple((one.opens, one.closes) for one in day.intervals), day.note, day.closed_reason


def _row(days: Sequence[OpeningDay]) -> dict[str, Datum]:
    row: dict[str, Datum] = {"first": Day(days[0].day), **_told(days[0])}
    if len(days) > 1:
        row["last"] = Day(days[-1].day)
    return row


def _told(day: OpeningDay) -> dict[str, Datum]:
    told: dict[str, Datum] = {
        "intervals": [{"opens": Clock(_time(one.opens)), "closes": Clock(_time(one.closes))} for one in day.intervals]
    }
    if day.note:
        told["note"] = Words(day.note)
    if day.closed_reason:
        told["reason"] = Words(day.closed_reason)
    return told


def _time(shown: str) -> time:
    hour, minute = shown.split(":")
    return time(int(hour) % 24, int(minute))
