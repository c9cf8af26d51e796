"""Which port is bound to what. A port is a Protocol declared in the lowest area that needs it."""

from uuid import UUID

from bywalec.foundation.errors import BywalecError
from bywalec.inbox import ports
from bywalec.loyalty.queries import members


class MemberCards:
    """Lets the inbox ask the loyalty programme whose a card is."""

    def customer_of_card(self, card: str) -> UUID | None:
        """Return the customer who holds a card in the current scope; None when nobody does or it is no card."""
        try:
            return members.lookup(card=card).customer_id
        except BywalecError:
            return None


def bind() -> None:
    """Bind every port of the areas to its implementation."""
    ports.bind_card_directory(MemberCards())
