"""Members for the customer numbers of a file: the number becomes the card, a name is not known."""

from collections.abc import Sequence
from uuid import UUID

from bywalec.customers.actions.register import register_customers
from bywalec.customers.rules.person import NewCustomer
from bywalec.loyalty.actions.members import NewMember, enrol_many
from bywalec.loyalty.queries.members import members_by_cards
from bywalec.loyalty.rules.card import normalise_card
from bywalec.store.rules.purchase import MemberReference

SOURCE = "import"


class CardHolders:
    """Knows whose the cards of a file are, and creates members for new ones when asked to.

    Args:
        create: whether cards nobody has become members.
        language: of the created customers.
    """

    def __init__(self, *, create: bool, language: str) -> None:
        self._create, self._language = create, language
        self._customers: dict[str, UUID] = {}
        self.created = 0

    def meet(self, cards: Sequence[str]) -> None:
        """Look up cards and create what is missing, inside the unit of work that is open."""
        good = [card for card in cards if normalise_card(card) == card]
        self._customers.update({card: member.customer_id for card, member in members_by_cards(good).items()})
        missing = [card for card in good if card not in self._customers] if self._create else []
        if missing:
            people = register_customers([NewCustomer(language=self._language) for _ in missing])
            batch = [NewMember(customer_id=one.id, card=card) for one, card in zip(people, missing, strict=True)]
            enrol_many(batch, source=SOURCE)
            self._customers.update({card: one.id for one, card in zip(people, missing, strict=True)})
            self.created += len(missing)

    def customer(self, reference: MemberReference | None) -> UUID | None:
        """Return whose card it is, if that is known."""
        return self._customers.get(reference.value) if reference is not None and reference.kind == "card" else None
