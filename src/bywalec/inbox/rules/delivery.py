"""Receipts of messages: they only go forward, whatever order a channel reports them in."""

from bywalec.inbox.rules.kinds import MessageStatus

_LATER: dict[MessageStatus, frozenset[MessageStatus]] = {
    MessageStatus.SENT: frozenset({MessageStatus.DELIVERED, MessageStatus.READ, MessageStatus.FAILED}),
    MessageStatus.DELIVERED: frozenset({MessageStatus.READ}),
    MessageStatus.READ: frozenset(),
    MessageStatus.FAILED: frozenset({MessageStatus.DELIVERED, MessageStatus.READ}),
}


def advances(present: MessageStatus, reported: MessageStatus) -> bool:
    """Say whether a reported status is news. A receipt of arrival outweighs an earlier report of failure."""
    return reported in _LATER[present]


def before(reported: MessageStatus) -> list[MessageStatus]:
    """Return the statuses which a reported one may replace."""
    return [status for status, later in _LATER.items() if reported in later]
