"""Points given or taken by a person's decision, always with a reason."""

from datetime import datetime
from uuid import UUID

from bywalec.foundation import audit, clock, events
from bywalec.foundation.actor import current_actor
from bywalec.foundation.ids import new_id
from bywalec.loyalty import ledger
from bywalec.loyalty.actions.requests import checked_reason
from bywalec.loyalty.errors import BadPoints
from bywalec.loyalty.events import PointsEarned
from bywalec.loyalty.ledger import Correct, NotPosted, Posted, Posting
from bywalec.loyalty.queries.programme import require_setup
from bywalec.loyalty.rules.wallet import POINTS_MAX


def correct_points(*, member_id: UUID, points: int, reason: str, expires_at: datetime | None = None) -> Posted:
    """Give (above zero) or take (below zero) points.

    Args:
        member_id: whose points.
        points: the change.
        reason: why, in a few words; it stands in the member's history.
        expires_at: the end of given points; never by default.

    Raises:
        BadPoints: zero or absurd.
        ReasonMissing: no reason was given.
        InsufficientPoints: there are fewer than should be taken.
        MemberNotFound: no such member here.
    """
    if not 0 < abs(points) <= POINTS_MAX:
        raise BadPoints(field="points", value=points)
    unit = require_setup().main_unit
    order = Correct(member=member_id, unit=unit.id, points=points, lot=new_id(), expires_at=expires_at)
    posting = Posting(
        order=order,
        occurred_at=clock.now(),
        actor=current_actor(),
        source_kind="correction",
        reason=checked_reason(reason),
    )
    [result] = ledger.post([posting])
    if isinstance(result, NotPosted):
        raise result.error
    audit.record("loyalty.correct", subject_kind="member", subject=member_id, data={"points": points})
    if points > 0:
        events.publish(
            [PointsEarned(member_id=member_id, unit=unit.code, points=points, transaction_id=result.transaction)]
        )
    return result
