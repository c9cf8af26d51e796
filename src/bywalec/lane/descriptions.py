"""The lane's operations as the OpenAPI document tells them; written for whoever programs a till."""

from bywalec.lane.balances import BalanceOut
from bywalec.lane.batches import LineResult
from bywalec.lane.describing import Body, Description, Parameter
from bywalec.lane.schemas import PurchaseIn, RedemptionIn
from bywalec.loyalty.rules.answers import PurchaseAnswer, RedemptionAnswer

_UUID = {"type": "string", "format": "uuid"}
_IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "header",
    "Optional. The same key with the same content gives the stored answer, with other content 409.",
    {"type": "string", "minLength": 1, "maxLength": 255},
)

PURCHASE = Description(
    operation_id="post_purchase",
    summary="Record a receipt and credit its member",
    text=(
        "A receipt is known by till, receipt number and business date. Sent again with the same content it gives `200` "
        "and the stored answer; with other content `409` and nothing is written. A member nobody knows is no error: "
        "the purchase is kept and can be claimed later. `201` means that it is on disk. Amounts are whole grosze."
    ),
    tag="purchases",
    parameters=(
        Parameter(
            "dry_run",
            "query",
            "`true` decides and explains, and writes nothing.",
            {"type": "boolean", "default": False},
        ),
        _IDEMPOTENCY_KEY,
    ),
    request=Body(PurchaseIn, "The receipt"),
    answers={
        200: Body(PurchaseAnswer, "The stored answer of the same receipt, or the outcome of a dry run"),
        201: Body(PurchaseAnswer, "Recorded; points with their reasons"),
    },
    problems=(401, 403, 409, 413, 415, 422, 429, 503),
)
BATCH = Description(
    operation_id="post_purchases_batch",
    summary="Record many receipts, one per line",
    text=(
        "Newline-delimited JSON, at most 16 MB. Each line is a receipt as for `POST /purchases` and is answered on a "
        "line of its own, in order: `{line, status, answer | problem}`. Receipts are independent of each other; "
        "sending the whole batch again is safe."
    ),
    tag="purchases",
    request=Body(PurchaseIn, "One receipt per line", "application/x-ndjson"),
    answers={200: Body(LineResult, "One result per line", "application/x-ndjson")},
    problems=(401, 403, 413, 415, 422, 429, 503),
)
REDEMPTION = Description(
    operation_id="post_redemption",
    summary="Spend a member's points",
    text=(
        "On a `reward`, or a plain number of `points`: exactly one of the two. With `hold: true` the points are only "
        "put aside until `POST /holds/{id}/capture` or `/release`; a hold that nobody settles lapses by itself."
    ),
    tag="redemptions",
    parameters=(_IDEMPOTENCY_KEY,),
    request=Body(RedemptionIn, "Whose points, and on what"),
    answers={
        200: Body(RedemptionAnswer, "The stored answer of the same request"),
        201: Body(RedemptionAnswer, "Spent, or put aside"),
    },
    problems=(401, 403, 404, 409, 413, 415, 422, 429, 503),
)
BALANCE = Description(
    operation_id="get_member_balance",
    summary="What a member can spend",
    text="In each unit of the programme, at this moment.",
    tag="members",
    parameters=(Parameter("member", "path", "The member's id.", _UUID),),
    answers={200: Body(BalanceOut, "The balance")},
    problems=(401, 403, 404, 422, 429, 503),
)
CONVERSATION_EVENTS = Description(
    operation_id="get_conversation_events",
    summary="A conversation as it happens (SSE)",
    text=(
        "Server-sent events `message`, `typing`, `status` and `handoff`; the id of each is its number within the "
        "conversation. `Last-Event-ID` resumes after that number and skips nothing. A comment keeps the connection "
        "alive. The conversation's token comes as `Authorization: Bearer …` or, for an EventSource, as `?token=`."
    ),
    tag="conversations",
    parameters=(
        Parameter("conversation", "path", "The conversation's id.", _UUID),
        Parameter("token", "query", "The conversation's token, where no header can be sent."),
        Parameter(
            "Last-Event-ID", "header", "Number of the last event that was received.", {"type": "integer", "minimum": 0}
        ),
    ),
    answers={200: Body(None, "The stream", "text/event-stream")},
    problems=(401, 403, 404, 422, 429, 503),
)
