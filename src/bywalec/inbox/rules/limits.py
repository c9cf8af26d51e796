"""Limits of the inbox, each with its unit in the name; the setting ``BYWALEC_INBOX`` replaces single ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long."""

    message_length_max: int = 4_000
    """Characters of one message."""
    client_id_length_max: int = 64
    display_name_length_max: int = 80
    lease_seconds: int = 10
    """How long the bot may think before another may answer in its place."""
    staff_typing_pause_seconds: int = 20
    """How long the bot keeps still after a person typed."""
    typing_event_seconds: int = 8
    """How long one sign of typing is shown."""
    reopen_window_hours: int = 72
    """Until when a message reopens a resolved conversation; afterwards it begins a linked one."""
    known_identity_hours: int = 12
    """How long the shop's signature keeps a visitor known."""
    visitor_token_seconds_max: int = 300
    """The longest life of a signed visitor token."""
    visitor_token_length_max: int = 2_048
    clock_skew_seconds: int = 30
    """How far the clock of a shop's server may be ahead."""
    channel_time_behind_hours_max: int = 168
    """How old the channel's own time of a message may be."""
    page_size_max: int = 500
    """Rows one read returns at most."""
    queue_size_max: int = 200
    allowed_origins_max: int = 20


DEFAULTS = Limits()
