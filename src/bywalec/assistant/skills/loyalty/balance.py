"""How many points the customer has, what they are worth and what lapses next."""

from datetime import timedelta

import msgspec

from bywalec.assistant.grounding.values import Datum, Day, Forms, Money, Points
from bywalec.assistant.skills.loyalty.units import forms_of, unit_forms
from bywalec.assistant.skills.skill import Situation, SkillResult, skill
from bywalec.foundation import clock
from bywalec.loyalty.errors import NoProgramme
from bywalec.loyalty.queries import balances, members
from bywalec.loyalty.queries.balances import UnitBalance

EXPIRY_TOLD_DAYS = 60  # a date further away is told when it is asked for


class BalanceRequest(msgspec.Struct, frozen=True):
    """Needs nothing but to know who asks."""


@skill(
    "loyalty.balance",
    request=BalanceRequest,
    templates=(
        "loyalty.balance.have",
        "loyalty.balance.debt",
        "loyalty.balance.need_identity",
        "loyalty.balance.no_member",
        "loyalty.balance.no_programme",
    ),
)
def tell_balance(request: BalanceRequest, situation: Situation) -> SkillResult:
    """Tell the balance of the customer of this session."""
    member = members.members_by_customer(situation.customer) if situation.customer else None
    if member is None:
        return SkillResult(template="loyalty.balance.no_member", done=False, offers="loyalty.join")
    try:
        forms = unit_forms(situation.language)
    except NoProgramme:
        return SkillResult(template="loyalty.balance.no_programme", done=False)
    units = balances.balance(member.id)
    template = "debt" if all(unit.spendable < 0 for unit in units) else "have"
    return SkillResult(
        template=f"loyalty.balance.{template}",
        data={"units": [_told(unit, forms, situation) for unit in units]},
        sources=("loyalty.balance",),
    )


def _told(unit: UnitBalance, known: dict[str, Forms], situation: Situation) -> dict[str, Datum]:
    forms = forms_of(unit.unit, unit.name, known)
    told: dict[str, Datum] = {"spendable": Points(max(unit.spendable, 0), forms)}
    if unit.spendable < 0:
        told["owed"] = Points(-unit.spendable, forms)
    if unit.pending:
        told["pending"] = Points(unit.pending, forms)
    if unit.worth is not None and unit.worth.amount > 0:
        told["worth"] = Money(unit.worth.amount, unit.worth.currency)
    if unit.next_expiry is not None:
        # `on` is the first moment at which they are gone; the last day on which they can be used is the one before.
        last_day = clock.local(unit.next_expiry.on - timedelta(microseconds=1), situation.zone).date()
        if last_day <= situation.today + timedelta(days=EXPIRY_TOLD_DAYS):
            told |= {"expiring": Points(unit.next_expiry.points, forms), "expires_on": Day(last_day)}
    return told
