"""Writing the audit log: what was done, by whom, to what; never plain personal data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from bywalec.foundation import clock, tenancy
from bywalec.foundation.actor import Actor, current_actor
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_rows

COLUMNS = (
    "id",
    "organization_id",
    "at",
    "actor_kind",
    "actor",
    "actor_label",
    "action",
    "subject_kind",
    "subject",
    "data",
)


@dataclass(frozen=True, slots=True)
class Done:
    """One action for the log.

    Args:
        action: dotted verb such as ``loyalty.reverse``.
        subject_kind: what it was done to, such as ``transaction``.
        subject: its id.
        data: ids, numbers and codes.
        actor: who did it; the current actor by default.
    """

    action: str
    subject_kind: str
    subject: UUID | None
    data: Mapping[str, object] = field(default_factory=dict)
    actor: Actor | None = None


def record(action: str, *, subject_kind: str, subject: UUID | None, data: Mapping[str, object] | None = None) -> None:
    """Write one action of the current actor in the current unit of work."""
    record_many([Done(action, subject_kind, subject, data or {})])


def record_many(actions: Sequence[Done]) -> None:
    """Write several actions in one statement."""
    present, now, organization = current_actor(), clock.now(), tenancy.current()
    insert_rows(
        "foundation_audit_record",
        COLUMNS,
        [(new_id(), organization, now, *_row(action, action.actor or present)) for action in actions],
    )


def _row(done: Done, actor: Actor) -> tuple[object, ...]:
    return actor.kind, actor.id, actor.label[:120], done.action, done.subject_kind, done.subject, dict(done.data)
