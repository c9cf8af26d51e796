"""Whether words tell the customer that a program speaks: it must, in its first turn, on every channel."""

from bywalec.foundation.text import words

_SAYS_BOT = frozenset(
    words(
        "bot bota botem chatbot chatbotem automat automatem automatyczny automatycznym automated "
        "wirtualny wirtualnym virtual robot robotem"
    )
)


def discloses(text: str) -> bool:
    """Say whether a greeting calls the bot a bot."""
    return any(word in _SAYS_BOT for word in words(text))
