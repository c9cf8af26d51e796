"""The runner enforces identity, confirmation, limits, acting once and audit, whatever the skill itself does."""

import threading
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest
from django.db import IntegrityError, connections

from bywalec.assistant.evaluation.world_file import BuiltWorld
from bywalec.assistant.skills import runner
from bywalec.assistant.skills.catalogue import Identity
from bywalec.assistant.skills.skill import RateLimit, Situation, Skill, SkillResult, skill, skills
from bywalec.foundation import clock, tenancy
from bywalec.foundation.models.audit import AuditRecord
from bywalec.loyalty.queries import members

JOIN = {"phone": "600700800", "name": "Ola"}


class Nothing(msgspec.Struct, frozen=True):
    pass


def greedy(name: str) -> Skill:
    """A skill that never refuses anything by itself."""

    @skill(name, request=Nothing, templates=("chat.greet",))
    def run(request: Nothing, situation: Situation) -> SkillResult:
        return SkillResult(template="chat.greet")

    return run


def test_a_skill_that_needs_to_know_the_customer_never_runs_for_a_stranger(
    grocery: BuiltWorld, situation: Callable[..., Situation]
) -> None:
    nobody = situation()
    with tenancy.scope(grocery.organization):
        refused = runner.run(greedy("loyalty.balance"), {}, nobody)
        assert not refused.done
        assert refused.offers == "human.request"
        assert runner.run(greedy("loyalty.balance"), {}, situation_known(nobody)).done


def situation_known(nobody: Situation) -> Situation:
    return replace(nobody, identity=Identity.KNOWN)


def test_a_known_customer_is_not_a_verified_one(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    known = situation("ola")
    with tenancy.scope(grocery.organization):
        assert not runner.run(greedy("loyalty.history"), {}, known).done


@pytest.mark.req("C36")
def test_a_write_without_a_confirmed_proposal_is_a_mistake(
    grocery: BuiltWorld, situation: Callable[..., Situation]
) -> None:
    nobody = situation()
    with tenancy.scope(grocery.organization), pytest.raises(runner.Unconfirmed):
        runner.run(skills()["loyalty.join"], JOIN, nobody)


@pytest.mark.req("C36")
def test_one_key_acts_once(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    nobody = situation()
    with tenancy.scope(grocery.organization):
        before = members.count()
        first = runner.run(skills()["loyalty.join"], JOIN, nobody, key="key-1")
        again = runner.run(skills()["loyalty.join"], JOIN, nobody, key="key-1")
        assert (first.done, again.template) == (True, "already_done")
        assert members.count() == before + 1


def test_what_a_raising_skill_wrote_is_undone(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    nobody = situation()
    join = skills()["loyalty.join"]

    def joins_and_fails(slots: object, at: Situation) -> SkillResult:
        join.call(JOIN, at)
        raise ZeroDivisionError

    with tenancy.scope(grocery.organization):
        before = members.count()
        with pytest.raises(ZeroDivisionError):
            runner.run(replace(join, call=joins_and_fails), JOIN, nobody, key="key-1")
        assert members.count() == before
        # The key was not used up: the customer may say yes again.
        assert runner.run(join, JOIN, nobody, key="key-1").done


def test_a_limit_stops_guessing(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    nobody = situation()
    limited = replace(skills()["loyalty.join"], limit=RateLimit(per_conversation=2, per_hour=100))
    taken = {"phone": "601100200", "name": "Ola"}
    with tenancy.scope(grocery.organization):
        outcomes = [runner.run(limited, taken, nobody, key=f"key-{number}") for number in range(3)]
    assert [one.template for one in outcomes] == ["loyalty.join.cannot", "loyalty.join.cannot", "not_allowed"]


def test_a_limit_holds_over_all_conversations(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    limited = replace(skills()["loyalty.join"], limit=RateLimit(per_conversation=9, per_hour=2))
    taken = {"phone": "601100200", "name": "Ola"}
    people = [situation() for _ in range(3)]
    with tenancy.scope(grocery.organization):
        outcomes = [runner.run(limited, taken, one, key=f"key-{one.conversation}").template for one in people]
    assert outcomes == ["loyalty.join.cannot", "loyalty.join.cannot", "not_allowed"]
    with clock.frozen(clock.later(clock.now(), 3_700)), tenancy.scope(grocery.organization):
        assert runner.run(limited, taken, people[0], key="key-9").template == "loyalty.join.cannot"


def test_writes_and_refusals_are_audited_without_personal_data(
    grocery: BuiltWorld, situation: Callable[..., Situation]
) -> None:
    nobody = situation()
    with tenancy.scope(grocery.organization):
        runner.run(skills()["loyalty.balance"], {}, nobody)
        runner.run(skills()["loyalty.join"], JOIN, nobody, key="key-1")
        records = list(AuditRecord.objects.filter(action="assistant.skill").order_by("at", "id"))
    assert [(one.data["skill"], one.data["outcome"]) for one in records] == [
        ("loyalty.balance", "refused"),
        ("loyalty.join", "done"),
    ]
    assert {one.actor_kind for one in records} == {"assistant"}
    assert "600700800" not in str([one.data for one in records])


@pytest.mark.req("C36")
@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_act_once(grocery: BuiltWorld, situation: Callable[..., Situation]) -> None:
    nobody = situation()
    at_once = threading.Barrier(2)
    results: list[str] = []

    def confirms(phone: str) -> None:
        with clock.frozen(nobody.now):
            at_once.wait()
            try:
                with tenancy.scope(grocery.organization):
                    slots = {"phone": phone, "name": "Ola"}
                    results.append(runner.run(skills()["loyalty.join"], slots, nobody, key="one-key").template)
            except IntegrityError:
                results.append("refused")
            finally:
                connections.close_all()

    # Two different numbers under one key, so that only the key can stop the second.
    threads = [threading.Thread(target=confirms, args=(phone,)) for phone in ("600700811", "600700812")]
    with tenancy.scope(grocery.organization):
        before = members.count()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with tenancy.scope(grocery.organization):
        assert members.count() == before + 1
    assert sorted(results) in (["loyalty.join.done", "refused"], ["already_done", "loyalty.join.done"])
