"""Holds and reversals: what happens after points were put aside or moved."""

from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from bywalec.api.keys import Key
from bywalec.api.schemas import ReasonIn
from bywalec.api.work import only, writing
from bywalec.loyalty.actions.holds import settle_holds
from bywalec.loyalty.actions.requests import ReverseRequest, SettleHold
from bywalec.loyalty.actions.reversals import reverse_many

router = Router(tags=["redemptions"])
REDEMPTION = {"200": {"description": "The redemption", "answer": "RedemptionAnswer"}}
REVERSAL = {"200": {"description": "The reversal", "answer": "ReversalAnswer"}}


@router.post(
    "/holds/{hold}/capture",
    auth=Key("redemptions:write"),
    operation_id="capture_hold",
    openapi_extra={"responses": REDEMPTION},
)
def capture_hold(request: HttpRequest, hold: UUID) -> HttpResponse:
    """Spend points that were put aside. Capturing it again gives the stored answer."""
    return _settle(request, hold, "capture")


@router.post(
    "/holds/{hold}/release",
    auth=Key("redemptions:write"),
    operation_id="release_hold",
    openapi_extra={"responses": REDEMPTION},
)
def release_hold(request: HttpRequest, hold: UUID) -> HttpResponse:
    """Give points back that were put aside. Releasing it again gives the stored answer."""
    return _settle(request, hold, "release")


@router.post(
    "/transactions/{transaction}/reversal",
    auth=Key("transactions:reverse"),
    operation_id="post_reversal",
    openapi_extra={"responses": REVERSAL},
    tags=["transactions"],
)
def post_reversal(request: HttpRequest, transaction: UUID, sent: ReasonIn) -> HttpResponse:
    """Undo a transaction by a new one that names it; a second reversal of the same is refused with `409`."""
    with writing(request):
        return only(
            reverse_many(
                [
                    ReverseRequest(
                        transaction=transaction,
                        reason=sent.reason,
                        idempotency_key=request.headers.get("Idempotency-Key"),
                    )
                ]
            )
        )


def _settle(request: HttpRequest, hold: UUID, verb: Literal["capture", "release"]) -> HttpResponse:
    with writing(request):
        asked = SettleHold(hold=hold, verb=verb, idempotency_key=request.headers.get("Idempotency-Key"))
        return only(settle_holds([asked]))
