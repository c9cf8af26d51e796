"""What can be spent, as the requirement puts it: an oracle that shares no code with the ledger."""

from datetime import datetime

from bywalec.loyalty.rules.wallet import Wallet


def by_formula(wallet: Wallet, at: datetime) -> int:
    """Σ remaining of the lots with active_at ≤ t < expires_at, minus what live holds put aside of them, minus debt."""
    valid = {
        lot.id: lot for lot in wallet.lots if lot.active_at <= at and not (lot.expires_at and lot.expires_at <= at)
    }
    aside = [part for hold in wallet.holds if at < hold.expires_at for part in hold.parts if part.lot in valid]
    return sum(lot.remaining for lot in valid.values()) - sum(part.amount for part in aside) + wallet.debt
