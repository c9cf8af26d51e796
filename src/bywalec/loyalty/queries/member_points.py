"""What many members can spend, for lists: one reading of all their wallets."""

from collections.abc import Collection
from uuid import UUID

from bywalec.foundation import clock
from bywalec.loyalty.ledger.wallets import load_wallets
from bywalec.loyalty.queries.programme import load_setup
from bywalec.loyalty.rules.settling import settle


def spendable_points(member_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return what each member can spend now in the programme's main unit; unknown members are missing."""
    setup = load_setup()
    if setup is None or not member_ids:
        return {}
    now, unit = clock.now(), setup.main_unit.id
    keys = [(member, unit) for member in member_ids]
    wallets = load_wallets(keys, whole=set(keys), lots=(), now=now, lock=False)
    return {member: settle(one.wallet, now)[0].spendable for (member, _), one in wallets.items()}
