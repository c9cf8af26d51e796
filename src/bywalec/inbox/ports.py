"""What the inbox needs from areas beside or above it; `config.wiring` binds it."""

from typing import Protocol
from uuid import UUID


class CardDirectory(Protocol):
    """Knows whose a member card is."""

    def customer_of_card(self, card: str) -> UUID | None:
        """Return the customer who holds a card in the current scope, if anybody does."""
        ...


class _NoCards:
    """The directory of a shop without a loyalty programme."""

    def customer_of_card(self, card: str) -> UUID | None:
        """Return nobody."""
        return None


_cards: CardDirectory = _NoCards()


def bind_card_directory(directory: CardDirectory) -> None:
    """Name the directory that answers from now on."""
    global _cards
    _cards = directory


def card_directory() -> CardDirectory:
    """Return the bound directory."""
    return _cards
