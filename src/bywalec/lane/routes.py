"""All routes of the lane in one place."""

from bywalec.lane import descriptions
from bywalec.lane.balances import get_balance
from bywalec.lane.batches import post_batch
from bywalec.lane.console_live import get_live
from bywalec.lane.conversation_events import get_events, preflight
from bywalec.lane.health import healthz, readyz
from bywalec.lane.purchases import post_purchase
from bywalec.lane.redemptions import post_redemption
from bywalec.lane.routing import ForAnyone, ForKeys, Route

API = "/api/v1"

ROUTES: tuple[Route, ...] = (
    Route(
        method="POST",
        path=f"{API}/purchases",
        admits=ForKeys("purchases:write", post_purchase),
        description=descriptions.PURCHASE,
    ),
    Route(
        method="POST",
        path=f"{API}/purchases/batch",
        admits=ForKeys("purchases:write", post_batch),
        description=descriptions.BATCH,
    ),
    Route(
        method="POST",
        path=f"{API}/redemptions",
        admits=ForKeys("redemptions:write", post_redemption),
        description=descriptions.REDEMPTION,
    ),
    Route(
        method="GET",
        path=f"{API}/members/{{member}}/balance",
        admits=ForKeys("members:read", get_balance),
        description=descriptions.BALANCE,
    ),
    Route(
        method="GET",
        path=f"{API}/conversations/{{conversation}}/events",
        admits=ForAnyone(get_events),
        description=descriptions.CONVERSATION_EVENTS,
    ),
    Route(method="OPTIONS", path=f"{API}/conversations/{{conversation}}/events", admits=ForAnyone(preflight)),
    Route(method="GET", path="/console/live", admits=ForAnyone(get_live)),
    *(Route(method=method, path="/healthz", admits=ForAnyone(healthz)) for method in ("GET", "HEAD")),
    *(Route(method=method, path="/readyz", admits=ForAnyone(readyz)) for method in ("GET", "HEAD")),
)
