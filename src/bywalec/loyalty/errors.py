"""Why the loyalty area refuses something: one small class for each reason, with a stable code and a remedy."""

from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import Busy, Conflict, InvalidInput, NotFound


class MemberNotFound(NotFound):
    """No member has this card, phone number or id."""

    code = "loyalty.member_not_found"
    title = _("There is no such member")
    default_remedy = _("Check the card or phone number, or enrol the customer.")


class MemberNotActive(Conflict):
    """The membership is blocked or closed."""

    code = "loyalty.member_not_active"
    title = _("This membership is not active")
    default_remedy = _("Ask the shop's staff to look at the membership.")


class AlreadyMember(Conflict):
    """The customer is in the programme already."""

    code = "loyalty.already_member"
    title = _("This customer is a member already")
    default_remedy = _("Use the membership that exists.")


class CardTaken(Conflict):
    """The card belongs to another member."""

    code = "loyalty.card_taken"
    title = _("This card belongs to another member")
    default_remedy = _("Use another card.")


class BadCard(InvalidInput):
    """The card number has a wrong form or check digit."""

    code = "loyalty.bad_card"
    title = _("This is not a valid card number")
    default_remedy = _("Read the number from the card again; the last digit checks the others.")


class NoProgramme(NotFound):
    """The organization has no programme yet."""

    code = "loyalty.no_programme"
    title = _("There is no loyalty programme yet")
    default_remedy = _("Set up the programme first.")


class RewardNotFound(NotFound):
    """No such reward."""

    code = "loyalty.reward_not_found"
    title = _("There is no such reward")
    default_remedy = _("Choose one of the rewards on offer.")


class RewardNotOffered(Conflict):
    """The reward is switched off."""

    code = "loyalty.reward_not_offered"
    title = _("This reward is not offered now")
    default_remedy = _("Choose one of the rewards on offer.")


class RewardOutOfStock(Conflict):
    """The last piece is gone."""

    code = "loyalty.reward_out_of_stock"
    title = _("This reward is out of stock")
    default_remedy = _("Choose another reward.")


class InsufficientPoints(Conflict):
    """The member has fewer points than asked for; carries ``asked``, ``spendable`` and ``missing``."""

    code = "loyalty.insufficient_points"
    title = _("Not enough points")
    default_remedy = _("Choose something that costs fewer points, or collect more.")


class BadPoints(InvalidInput):
    """The number of points is not positive or absurd."""

    code = "loyalty.bad_points"
    title = _("The number of points must be a positive whole number")


class RewardOrPoints(InvalidInput):
    """A redemption names both a reward and points, or neither."""

    code = "loyalty.reward_or_points"
    title = _("Name either a reward or a number of points")


class HoldNotFound(NotFound):
    """No such hold."""

    code = "loyalty.hold_not_found"
    title = _("There is no such hold")


class HoldOver(Conflict):
    """The hold was captured, released or has lapsed; carries ``state``."""

    code = "loyalty.hold_over"
    title = _("This hold is over")
    default_remedy = _("Look at the state of the hold; redeem anew if the points are still wanted.")


class TransactionNotFound(NotFound):
    """No such ledger transaction."""

    code = "loyalty.transaction_not_found"
    title = _("There is no such transaction")


class AlreadyReversed(Conflict):
    """A transaction is reversed at most once; carries ``reversal``."""

    code = "loyalty.already_reversed"
    title = _("This transaction has been reversed already")
    default_remedy = _("To undo the reversal, reverse the reversal itself.")


class NotReversible(Conflict):
    """This kind of transaction has its own way back; carries ``kind``."""

    code = "loyalty.not_reversible"
    title = _("This transaction cannot be reversed")
    default_remedy = _("Release a hold instead of reversing it; what expired is given back by a correction.")


class ReasonMissing(InvalidInput):
    """A correction needs a reason."""

    code = "loyalty.reason_missing"
    title = _("Give a reason")
    default_remedy = _("Write in a few words why this is done.")


class IdempotencyMismatch(Conflict):
    """The key was used for another request."""

    code = "loyalty.idempotency_mismatch"
    title = _("This idempotency key was used for another request")
    default_remedy = _("Use a new key for a new request; repeat a request only with the same content.")


class BadIdempotencyKey(InvalidInput):
    """The key is empty or too long."""

    code = "loyalty.bad_idempotency_key"
    title = _("The idempotency key must have 1 to 255 characters")
    default_remedy = _("Use a UUID, for example.")


class InProgress(Conflict):
    """The same request is being worked on by another process at this moment."""

    code = "loyalty.in_progress"
    title = _("The same request is being worked on at this moment")
    default_remedy = _("Send the same request again in a moment.")


class PurchaseAlreadyClaimed(Conflict):
    """The receipt belongs to a member already."""

    code = "loyalty.purchase_already_claimed"
    title = _("This receipt has been claimed already")


class ClaimTooLate(Conflict):
    """The window for claiming the receipt is over; carries ``days``."""

    code = "loyalty.claim_too_late"
    title = _("This receipt is too old to be claimed")


class BadProgramme(InvalidInput):
    """A setting of the programme contradicts itself or is out of range."""

    code = "loyalty.bad_programme"
    title = _("The programme cannot be set up like this")


class WriterFull(Busy):
    """The queue of the group-commit writer is full, or it is shutting down; nothing was written."""

    code = "loyalty.writer_full"
    title = _("Too many purchases at this moment")
