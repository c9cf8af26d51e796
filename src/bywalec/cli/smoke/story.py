"""The main job, step by step, each step said aloud with what was seen."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from bywalec.cli.demo.goods import read_shelves
from bywalec.cli.demo.notes import Keys, Notes, Regular, RewardNote
from bywalec.cli.demo.shop import read_shop
from bywalec.cli.language import _
from bywalec.cli.smoke.consultant import Consultant
from bywalec.cli.smoke.customer import Customer
from bywalec.cli.smoke.expectation import Disappointed, Document, number, only, require_equal
from bywalec.cli.smoke.till import Sale, Till
from bywalec.foundation.formatting import counted, money
from bywalec.foundation.ids import secret

QUESTION = "ile mam punktow?"
WISH = "chce rozmawiac z czlowiekiem"
POINTS = re.compile(r"(-?\d{1,3}(?:[\s\u00a0]\d{3})+|-?\d+)[\s\u00a0]punkt")
FORMS = ("punkt", "punkty", "punktów")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: the keys, a member, a consultant's sign-in is among the notes."""

    notes: Notes
    keys: Keys
    regular: Regular
    reward: RewardNote


def play(address: str, notes: Notes, chance: Random, say: Say) -> None:
    """Play the main job against a server.

    Args:
        address: of the server.
        notes: of its demo.
        chance: picks member and goods.
        say: told each step with what was seen.

    Raises:
        Disappointed: the server did something else than it should.
    """
    till = Till(address, notes, read_shop(), read_shelves(), chance)
    cast = _cast(notes, till, chance)
    say(_("member {name}, card {card}").format(name=cast.regular.name, card=cast.regular.card))
    try:
        points = _buy(till, cast.regular, say)
        _ask_and_be_handed_over(address, cast, points, say)
        left = _redeem(till, cast, points, say)
        _ask_again(address, cast, left, say)
    finally:
        till.close()


def _cast(notes: Notes, till: Till, chance: Random) -> Cast:
    if notes.keys is None or not notes.regulars or not notes.rewards:
        raise Disappointed("the demo noted down no keys, members or rewards")
    regulars = list(notes.regulars)
    chance.shuffle(regulars)
    rewards = sorted(notes.rewards, key=lambda reward: reward.points)
    regular = next((one for one in regulars if till.balance(one) >= rewards[0].points), None)
    if regular is None:
        raise Disappointed("no member can afford a reward")
    affordable = [reward for reward in rewards if reward.points <= till.balance(regular)]
    return Cast(notes, notes.keys, regular, chance.choice(affordable))


def _buy(till: Till, regular: Regular, say: Say) -> int:
    """Post a receipt, post it again, post it changed; return what the member can spend afterwards."""
    before = till.balance(regular)
    sale = till.sell(regular)
    first = till.send(sale, status=201)
    _check_points(first, sale, before)
    say(
        _("receipt over {total}, {lines} lines: {earned}, as reckoned apart from the server; before {before}").format(
            total=money(sale.total, "PLN"), lines=sale.lines, earned=counted(sale.points, FORMS), before=before
        )
    )
    require_equal("the answer to the same receipt", till.send(sale, status=200), first)
    say(_("the same receipt again: the stored answer, byte by byte"))
    refusal = till.send_changed(sale)
    say(_("the same receipt with other content: refused ({code})").format(code=refusal))
    return require_equal("the balance after it all", till.balance(regular), before + sale.points)


def _check_points(body: bytes, sale: Sale, before: int) -> None:
    answer = read_object(body)
    unit = only("points of the receipt", answer.get("points"))
    require_equal("points earned", number("points", unit, "earned"), sale.points)
    require_equal("balance in the answer", number("points", unit, "balance"), before + sale.points)
    lines = answer.get("lines")
    if not isinstance(lines, list) or len(lines) != sale.lines or not all(line.get("why") for line in lines):
        raise Disappointed(f"the answer does not explain each of {sale.lines} lines: {lines!r}")
    require_equal("points of the lines together", sum(line["points"] for line in lines), sale.points)


def _ask_and_be_handed_over(address: str, cast: Cast, points: int, say: Say) -> None:
    customer = Customer(address, cast.keys, cast.regular)
    sign_in = next(person for person in cast.notes.staff if person.role == "consultant")
    consultant = Consultant(address, sign_in)
    try:
        _ask(customer, points, say)
        customer.write(WISH)
        customer.wait_for_handoff()
        say(_("“{words}”: a person was asked for").format(words=WISH))
        consultant.come_in()
        page = consultant.find(customer.conversation)
        if cast.regular.name not in page.text:
            raise Disappointed(f"the consultant does not see who it is: {page.text[:300]}")
        say(_("{name} signs in and finds the conversation waiting, with its customer").format(name=sign_in.name))
        consultant.take_over(customer.conversation)
        words = f"Dzień dobry, tu {sign_in.name.split()[0]}. Już patrzę ({secret(4)})."
        consultant.reply(customer.conversation, words)
        require_equal("what the customer got", customer.hear("staff"), words)
        say(_("the customer got the reply: {words}").format(words=words))
    finally:
        customer.close()
        consultant.close()


def _redeem(till: Till, cast: Cast, points: int, say: Say) -> int:
    key, reward = secret(), cast.reward
    answer = till.redeem(cast.regular, str(reward.id), key=key)
    require_equal("points spent", abs(number("redemption", answer, "points")), reward.points)
    left = require_equal("balance after the reward", number("redemption", answer, "balance"), points - reward.points)
    require_equal("balance asked for", till.balance(cast.regular), left)
    say(_("reward “{name}” for {points}: {left} left").format(name=reward.name, points=reward.points, left=left))
    return left


def _ask_again(address: str, cast: Cast, points: int, say: Say) -> None:
    customer = Customer(address, cast.keys, cast.regular)
    try:
        _ask(customer, points, say)
    finally:
        customer.close()


def _ask(customer: Customer, points: int, say: Say) -> None:
    customer.write(QUESTION)
    reply = customer.hear("bot", lambda message: bool(POINTS.search(str(message.get("text", "")))))
    require_equal(f"points in the reply {reply!r}", points_said(reply), points)
    say(_("“{question}”: {reply}").format(question=QUESTION, reply=" ".join(reply.split())))


def points_said(reply: str) -> int | None:
    """Return the first number of points that a reply names, None when it names none."""
    found = POINTS.search(reply)
    return int(re.sub(r"\s", "", found[1])) if found else None


def read_object(body: bytes) -> Document:
    """Return a JSON object.

    Raises:
        Disappointed: it is none.
    """
    found = json.loads(body)
    if not isinstance(found, dict):
        raise Disappointed(f"no JSON object: {body[:200]!r}")
    return found
