"""What templates of the console say and draw: icons, people, amounts, moments."""

import re
import zlib
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal
from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from heroicons.templatetags.heroicons import heroicon_micro, heroicon_mini

from bywalec.foundation import clock, formatting, text
from bywalec.foundation.formatting import NO_BREAK_SPACE
from bywalec.foundation.ids import new_id

register = template.Library()
HUES = 8
SMALL_ICON = 16
CARD_GROUP = 4
POLISH_PHONE = re.compile(r"\+48(\d{3})(\d{3})(\d{3})")


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> str:
    """Draw an icon of the set at 16 or 20 pixels; with a label it is read aloud, without one it is decoration."""
    return SafeString(_icon(str(name), int(size), str(label)))


@lru_cache(maxsize=512)
def _icon(name: str, size: int, label: str) -> str:
    draw = heroicon_micro if size <= SMALL_ICON else heroicon_mini
    if label:
        return str(draw(name, size=size, role="img", aria_label=label, aria_hidden="false"))
    return str(draw(name, size=size))


@register.filter
def initials(name: str) -> str:
    """Return one or two capital letters that stand for a name."""
    parts = [part for part in str(name).split() if part[:1].isalpha()]
    picked = parts[:1] + parts[1:][-1:]
    return "".join(part[0] for part in picked).upper() or "•"


@register.filter
def hue(name: str) -> str:
    """Return the class of the avatar colour that stays with a name."""
    return f"hue-{zlib.crc32(text.fold(str(name)).encode()) % HUES}"


@register.filter
def whole(value: int) -> str:
    """Write an integer with grouped thousands."""
    return formatting.number(int(value), language())


@register.filter
def signed(value: int) -> str:
    """Write an integer with its sign: +12, −50."""
    number = formatting.number(abs(int(value)), language())
    return f"{'−' if value < 0 else '+'}{number}"


@register.filter
def money(amount: int, currency: str) -> str:
    """Write an amount of grosze in its currency."""
    return formatting.money(int(amount), currency, language())


@register.filter
def phone(value: str) -> str:
    """Write a Polish number in groups of three; other numbers and addresses stay as they are."""
    match = POLISH_PHONE.fullmatch(str(value))
    return NO_BREAK_SPACE.join(("+48", *match.groups())) if match else str(value)


@register.filter
def contact(value: str) -> str:
    """Write a phone number in groups, an e-mail address so that it may break after its at sign."""
    before, at, after = str(value).partition("@")
    return format_html("{}@<wbr>{}", before, after) if at else phone(value)


@register.filter
def card(value: str | None) -> str:
    """Write a card number in groups of four."""
    digits = str(value or "")
    groups = [digits[at : at + CARD_GROUP] for at in range(0, len(digits), CARD_GROUP)]
    return NO_BREAK_SPACE.join(groups) or "—"


@register.filter
def quantity(value: Decimal) -> str:
    """Write a quantity without needless zeros: 2, 1,245."""
    return str(format_decimal(value, format="#,##0.###", locale=language()))


@register.filter
def local_day(value: datetime, zone: str) -> str:
    """Write the date a moment has on the shop's clock."""
    return formatting.long_date(clock.local(value, zone).date(), language())


@register.simple_tag
def fresh_id() -> str:
    """Return a new id for a message that is about to be written."""
    return str(new_id())


@register.simple_tag
def points_word(value: int) -> str:
    """Return the noun that goes with a number of points."""
    return ngettext("point", "points", abs(int(value or 0)))


@register.simple_tag(takes_context=True)
def when(context: Context, at: datetime | None) -> str:
    """Write a moment as people say it, with the exact one on hover and for programs."""
    if not isinstance(at, datetime):
        return "—"
    zone = zone_of(context)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        exactly(context, at),
        formatting.relative(at, clock.now(), zone, language()),
    )


@register.simple_tag(takes_context=True)
def exactly(context: Context, at: datetime | None) -> str:
    """Write a moment with date and time."""
    if not isinstance(at, datetime):
        return "—"
    zone = zone_of(context)
    day = formatting.long_date(clock.local(at, zone).date(), language())
    return f"{day}, {formatting.clock_time(at, zone, language())}"


@register.simple_tag(takes_context=True)
def clock_of(context: Context, at: datetime | None) -> str:
    """Write the time of day of a moment, with its date on hover and for programs."""
    if not isinstance(at, datetime):
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        exactly(context, at),
        formatting.clock_time(at, zone_of(context), language()),
    )


@register.filter
def day(value: object) -> str:
    """Write a date out."""
    return formatting.long_date(value, language()) if isinstance(value, date) else ""


@register.filter
def weekday_and_day(value: date) -> str:
    """Write a date with the day of its week: sobota, 21 listopada."""
    return f"{formatting.weekday(value, language())}, {formatting.day_and_month(value, language())}"


def zone_of(context: Context) -> str:
    """Return the time zone of the page: the organization's, or Warsaw where no one is signed in."""
    return str(context.get("zone") or "Europe/Warsaw")


def language() -> str:
    """Return the language of the page."""
    return (get_language() or "pl").split("-")[0]
