"""Tables of the loyalty area."""

from bywalec.loyalty.models.account import Account
from bywalec.loyalty.models.earning import Earning
from bywalec.loyalty.models.hold import Hold, HoldPart
from bywalec.loyalty.models.lot import Allocation, Lot
from bywalec.loyalty.models.member import Member
from bywalec.loyalty.models.programme import Programme, Unit
from bywalec.loyalty.models.redemption import Redemption
from bywalec.loyalty.models.reward import Reward
from bywalec.loyalty.models.rule_version import RuleVersion
from bywalec.loyalty.models.transaction import Entry, Transaction

__all__ = [
    "Account",
    "Allocation",
    "Earning",
    "Entry",
    "Hold",
    "HoldPart",
    "Lot",
    "Member",
    "Programme",
    "Redemption",
    "Reward",
    "RuleVersion",
    "Transaction",
    "Unit",
]
