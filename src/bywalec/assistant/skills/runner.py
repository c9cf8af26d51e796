"""Running skills: identity, confirmation, limits, acting only once, audit. No skill enforces these itself."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from bywalec.assistant.models import SkillRun
from bywalec.assistant.skills.catalogue import Effect, Identity
from bywalec.assistant.skills.skill import Situation, Skill, SkillResult
from bywalec.foundation import audit, clock, tenancy
from bywalec.foundation.actor import Actor, acting_as
from bywalec.foundation.ids import new_id

ALREADY_DONE = SkillResult(template="already_done", done=False)
LIMITED = SkillResult(template="not_allowed", done=False, hands_off="not_allowed")


class Unconfirmed(RuntimeError):
    """A skill that writes was about to run without a confirmed proposal: a mistake in the program."""


def may_begin(skill: Skill, situation: Situation) -> SkillResult | None:
    """Look whether a skill may run at all; None when it may, else the reply that says why not."""
    if not situation.identity.covers(skill.entry.identity):
        _note(skill, situation, None, "refused")
        return _identity_needed(skill)
    if _over_limit(skill, situation):
        _note(skill, situation, None, "limited")
        return LIMITED
    return skill.before_collecting(situation) if skill.before_collecting else None


def run(skill: Skill, slots: Mapping[str, str], situation: Situation, *, key: str | None = None) -> SkillResult:
    """Run a skill in the current unit of work; what it wrote is undone when it raises.

    Args:
        skill: which.
        slots: its request as collected.
        situation: where it runs.
        key: of the confirmed proposal, for a skill that writes.

    Raises:
        Unconfirmed: a write without a confirmed proposal.
        Exception: whatever the skill raises; the savepoint is rolled back.
    """
    if skill.writes and key is None:
        raise Unconfirmed(skill.name)
    refusal = may_begin(skill, situation)
    if refusal is not None:
        return refusal
    if key is not None and SkillRun.objects.filter(operation_key=key).exists():
        return ALREADY_DONE
    with transaction.atomic(), acting_as(Actor("assistant", label=skill.name)):
        result = skill.call(slots, situation)
        _note(skill, situation, key, "done" if result.done else "not_done")
    return result


def _identity_needed(skill: Skill) -> SkillResult:
    own = f"{skill.name}.need_identity"
    template = own if own in skill.templates else "not_allowed"
    return SkillResult(template=template, done=False, offers="human.request")


def _over_limit(skill: Skill, situation: Situation) -> bool:
    if skill.limit is None:
        return False
    runs = SkillRun.objects.filter(
        skill=skill.name, at__gt=clock.now() - timedelta(hours=1), operation_key__isnull=False
    )
    if runs.filter(conversation_id=situation.conversation).count() >= skill.limit.per_conversation:
        return True
    return runs.count() >= skill.limit.per_hour


def _note(skill: Skill, situation: Situation, key: str | None, outcome: str) -> None:
    """Keep a run that changes something or touches a person's data; reading what anyone may know leaves no trace."""
    if skill.entry.effect is Effect.READ and skill.entry.identity is Identity.NONE:
        return
    SkillRun(
        id=new_id(),
        organization_id=tenancy.current(),
        conversation_id=situation.conversation,
        skill=skill.name,
        operation_key=key,
        outcome=outcome,
        at=clock.now(),
    ).save(force_insert=True)
    _audit(skill.name, situation.conversation, outcome)


def _audit(name: str, conversation: UUID, outcome: str) -> None:
    data = {"skill": name, "outcome": outcome}
    with acting_as(Actor("assistant", label=name)):
        audit.record("assistant.skill", subject_kind="conversation", subject=conversation, data=data)
