"""Joining the programme from the chat: phone and name, the notice on data, a confirmation, a card.

A number that belongs to somebody already is refused with the same words as any other obstacle, so that nobody can
learn from the chat who shops here.
"""

import msgspec

from bywalec.assistant.grounding.values import Code, Data
from bywalec.assistant.skills.skill import RateLimit, Situation, SkillResult, skill
from bywalec.customers.actions.register import register_customer
from bywalec.customers.queries import people
from bywalec.customers.rules.contact import NewContactPoint, normalise_phone
from bywalec.foundation import audit
from bywalec.foundation.errors import Conflict, InvalidInput
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.errors import NoProgramme
from bywalec.loyalty.queries import members

NOTICE_VERSION = "join-1"
_CANNOT = SkillResult(template="loyalty.join.cannot", done=False, hands_off="not_allowed")


class JoinRequest(msgspec.Struct, frozen=True):
    """Who joins: phone in any written form, and what to call them."""

    phone: str
    name: str


def _already_member(situation: Situation) -> SkillResult | None:
    """A customer whom the session knows and who has a card needs no second one."""
    member = members.members_by_customer(situation.customer) if situation.customer else None
    if member is None:
        return None
    data: Data = {"card": Code(member.card)} if member.card else {}
    return SkillResult(template="loyalty.join.already", data=data, done=False)


@skill(
    "loyalty.join",
    request=JoinRequest,
    templates=(
        "loyalty.join.ask_phone",
        "loyalty.join.bad_phone",
        "loyalty.join.ask_name",
        "loyalty.join.bad_name",
        "loyalty.join.confirm",
        "loyalty.join.done",
        "loyalty.join.done_cardless",
        "loyalty.join.cannot",
        "loyalty.join.already",
    ),
    limit=RateLimit(per_conversation=3, per_hour=100),
    before_collecting=_already_member,
)
def join(request: JoinRequest, situation: Situation) -> SkillResult:
    """Enrol the customer and tell the card's number."""
    try:
        phone = normalise_phone(request.phone)
        if people.resolve_contacts("phone", [phone]):
            return _CANNOT
        customer = register_customer(
            name=request.name,
            contact_points=[NewContactPoint(kind="phone", value=phone)],
            language=situation.language if situation.language in {"pl", "en", "uk"} else "pl",
        )
        member = enrol(customer_id=customer.id, source="chat")
    except (Conflict, InvalidInput, NoProgramme):
        return _CANNOT
    audit.record("loyalty.join", subject_kind="member", subject=member.id, data={"notice": NOTICE_VERSION})
    template = "loyalty.join.done" if member.card else "loyalty.join.done_cardless"
    card: Data = {"card": Code(member.card)} if member.card else {}
    return SkillResult(template=template, data=card, claims=frozenset({"done.enrolled"}), sources=("loyalty.enrol",))
