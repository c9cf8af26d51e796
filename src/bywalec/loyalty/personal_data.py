"""What the loyalty tables hold about a person: the card, and the reason of a correction a person wrote."""

from bywalec.foundation.registries import PersonalField, personal_data

_PERSONAL = {
    "loyalty.Member.card_sealed": PersonalField(subject="customer", export="card number", erase="shred"),
    "loyalty.Member.card_index": PersonalField(subject="customer", export=None, erase="clear"),
    "loyalty.Transaction.reason": PersonalField(subject="customer", export="reason", erase="keep"),
}
_NOT_PERSONAL = {
    "loyalty.Programme.code": "the programme's short name",
    "loyalty.Programme.name": "the programme's name",
    "loyalty.Programme.currency": "ISO 4217",
    "loyalty.Programme.timezone": "IANA zone",
    "loyalty.Unit.code": "the unit's short name",
    "loyalty.Unit.forms": "the unit's name in one, few and many",
    "loyalty.RuleVersion.code": "the rule's short name",
    "loyalty.RuleVersion.document": "the rule itself",
    "loyalty.Reward.code": "the reward's short name",
    "loyalty.Reward.name": "what is offered to everybody",
    "loyalty.Reward.description": "what is offered to everybody",
    "loyalty.Member.source": "how members came: a code such as till or widget",
    "loyalty.Transaction.idempotency_key": "the caller's key for its request",
    "loyalty.Transaction.body_hash": "fingerprint of a request, not of a person",
    "loyalty.Transaction.answer": "ids, numbers and sentences about points, without names",
    "loyalty.Transaction.source_kind": "kind of the cause",
    "loyalty.Transaction.actor_kind": "kind of who acted",
    "loyalty.Redemption.code": "random code of one redemption",
    "loyalty.Earning.waterfall": "rules and figures, without names",
}


def register() -> None:
    """List the personal columns; called once when the application starts."""
    personal_data("loyalty", _PERSONAL, not_personal=_NOT_PERSONAL)
