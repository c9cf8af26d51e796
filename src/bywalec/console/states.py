"""What states, roles and codes are called, with tone and icon; templates never name a state themselves."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bywalec.foundation.staff import Role

Text = str | Promise


@dataclass(frozen=True, slots=True)
class State:
    """A state as people see it: a word, a tone and an icon, so that colour never speaks alone."""

    name: Text
    tone: str
    icon: str


UNKNOWN = State(_("unknown"), "neutral", "question-mark-circle")

CONVERSATION: dict[str, State] = {
    "pending": State(_("with the bot"), "accent", "sparkles"),
    "open": State(_("waits for a person"), "warn", "clock"),
    "handled": State(_("with a person"), "good", "user"),
    "snoozed": State(_("put off"), "neutral", "bell-snooze"),
    "resolved": State(_("closed"), "neutral", "check"),
}

OUTBOX: dict[str, State] = {
    "queued": State(pgettext_lazy("message", "waiting"), "neutral", "clock"),
    "sent": State(pgettext_lazy("message", "sent"), "good", "check"),
    "failed": State(pgettext_lazy("message", "failed"), "bad", "exclamation-triangle"),
    "cancelled": State(pgettext_lazy("message", "cancelled"), "neutral", "x-mark"),
}

IDENTITY: dict[str, State] = {
    "none": State(_("not recognised"), "neutral", "question-mark-circle"),
    "known": State(_("recognised"), "accent", "identification"),
    "verified": State(_("verified"), "good", "check-badge"),
}

ROLES: dict[Role, Text] = {
    Role.OWNER: _("owner"),
    Role.MANAGER: _("manager"),
    Role.CONSULTANT: _("consultant"),
    Role.CASHIER: _("cashier"),
    Role.TRAINER: _("trainer of the assistant"),
    Role.ANALYST: _("analyst"),
    Role.PRIVACY_OFFICER: _("privacy officer"),
}


def role_name(role: Role) -> str:
    """Return what a role is called."""
    return str(ROLES[role])


ACTIVITIES: dict[str, State] = {
    "handed_off": State(_("The assistant handed the conversation over to a person"), "warn", "hand-raised"),
    "taken_over": State(_("%(who)s took the conversation"), "good", "user"),
    "given_back": State(_("%(who)s gave the conversation back to the assistant"), "accent", "sparkles"),
    "resolved": State(_("%(who)s closed the conversation"), "neutral", "check"),
    "reopened": State(_("The customer wrote again, so the conversation is open"), "neutral", "arrow-path"),
}

MEMBER: dict[str, State] = {
    "active": State(pgettext_lazy("member", "active"), "good", "check"),
    "blocked": State(pgettext_lazy("member", "blocked"), "bad", "no-symbol"),
    "closed": State(pgettext_lazy("member", "left"), "neutral", "x-mark"),
}

MOVEMENT: dict[str, State] = {
    "earn": State(_("earned"), "good", "plus"),
    "activate": State(_("activated"), "good", "check"),
    "expire": State(_("lapsed"), "neutral", "clock"),
    "redeem": State(_("spent"), "accent", "gift"),
    "hold": State(_("put aside"), "neutral", "pause"),
    "capture": State(_("spent"), "accent", "gift"),
    "release": State(_("set free"), "neutral", "play"),
    "reverse": State(_("reversed"), "warn", "arrow-uturn-left"),
    "adjust": State(_("corrected"), "warn", "pencil-square"),
}

REASONS: dict[str, Text] = {
    "customer_asked": _("The customer asked for a person"),
    "not_understood": _("The assistant did not understand"),
    "repeated": _("The customer asked the same for the third time"),
    "angry": _("The customer is angry"),
    "not_allowed": _("The assistant may not do this"),
    "no_answer": _("The assistant has no answer"),
    "ungrounded": _("The assistant had no certain answer"),
    "failure": _("Something failed on the way to the answer"),
}

SKILLS: dict[str, Text] = {
    "loyalty.balance": _("Balance of points"),
    "loyalty.rewards": _("Rewards"),
    "loyalty.join": _("Joining the programme"),
    "shop.hours": _("Opening hours"),
    "faq.answer": _("Questions and answers"),
    "human.request": _("Asking for a person"),
    "bot.identity": _("Who is answering"),
}

PURPOSES: dict[str, Text] = {
    "marketing": _("Offers"),
    "profiling": _("Offers chosen for me"),
    "partners": _("Offers of partners"),
}

CHANNELS: dict[str, Text] = {
    "sms": _("text message"),
    "email": _("e-mail"),
    "voicebot": _("automatic call"),
    "call": _("phone call"),
    "chat": _("in the chat"),
    "any": "",
}

GROUNDS: dict[str, Text] = {
    "points": _("Points"),
    "spendable": _("Points to spend"),
    "pending": _("Points on their way"),
    "worth": _("Worth"),
    "member": _("Member"),
    "card": _("Card"),
    "rewards": _("Rewards"),
    "name": _("Name"),
    "hours": _("Opening hours"),
    "day": _("Day"),
    "question": _("Question"),
    "answer": _("Answer"),
    "source": _("Source"),
    "sources": _("Source"),
    "reward": _("Reward"),
    "missing": _("Missing"),
    "expiry": _("Lapses"),
    "amount": _("Amount"),
    "phone": _("Phone"),
    "order_number": _("Order number"),
    "as_of": _("As of"),
}


SCOPES: dict[str, Text] = {
    "purchases:write": _("send receipts"),
    "purchases:read": _("read receipts"),
    "members:read": _("look up members and balances"),
    "members:write": _("enrol members"),
    "redemptions:write": _("hand out rewards"),
    "transactions:reverse": _("reverse transactions"),
    "conversations:write": _("open conversations"),
    "understand": _("ask the assistant to understand a text"),
}

MESSAGE_PURPOSES: dict[str, Text] = {
    "loyalty.welcome": _("Welcome to the programme"),
    "loyalty.expiry": _("Points about to lapse"),
    "customers.code": _("One-time code"),
}


def activity(code: str, who: str) -> State:
    """Return the sentence of what happened in a conversation; ``who`` is empty for the system."""
    state = ACTIVITIES.get(code)
    if state is None:
        return UNKNOWN
    return State(str(state.name) % {"who": who or gettext("The system")}, state.tone, state.icon)


def handoff_reason(code: str) -> str:
    """Return why a person is needed."""
    return str(REASONS.get(code) or _readable(code))


def skill_name(code: str) -> str:
    """Return what a skill of the assistant is called."""
    return str(SKILLS.get(code) or _readable(code))


def consent_name(purpose: str, channel: str) -> str:
    """Return what a consent is for and by which channel."""
    name, by = str(PURPOSES.get(purpose) or _readable(purpose)), str(CHANNELS.get(channel, channel))
    return f"{name}: {by}" if by else name


def purpose_name(code: str) -> str:
    """Return why a message is sent."""
    return str(MESSAGE_PURPOSES.get(code) or _readable(code))


def ground_name(key: str) -> str:
    """Return what a fact of the evidence is called."""
    return str(GROUNDS.get(key) or _readable(key))


def yes_or_no(value: bool) -> str:
    """Return a truth as a word."""
    return gettext("yes") if value else gettext("no")


def _readable(code: str) -> str:
    return code.replace(".", ": ").replace("_", " ")
