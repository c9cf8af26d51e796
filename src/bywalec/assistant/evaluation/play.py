"""Playing a dialogue file through the real path: inbox, understanding, dialogue, skills, grounding, inbox."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from bywalec.assistant.actions.answer import AnswerOutcome, answer_conversation
from bywalec.assistant.evaluation.dialogue_file import DialogueFile, DialogueTurn, read_dialogue
from bywalec.assistant.evaluation.expectations import Seen, check_end, check_turn
from bywalec.assistant.evaluation.world_file import BuiltWorld, build_world, read_world
from bywalec.assistant.understanding import Context, Understanding, understand
from bywalec.foundation import clock, tenancy
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.contacts import identify
from bywalec.inbox.actions.conversations import open_conversation
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.queries.messages import MessageView, messages
from bywalec.inbox.rules.kinds import AuthorKind, Direction, IdentityLevel
from bywalec.loyalty.queries import members

TAKES_OVER = "staff types over"


@dataclass(frozen=True, slots=True)
class Played:
    """How a dialogue went: what did not hold, and whether a person was needed."""

    path: Path
    tags: tuple[str, ...]
    failures: tuple[str, ...]
    handed_off: bool


@dataclass
class _Stage:
    """A conversation under way."""

    world: BuiltWorld
    conversation: UUID
    heard_up_to: int = 0
    handed_off: bool = False


def play(path: Path, worlds: Path) -> Played:
    """Play a file in a fresh world and compare.

    Args:
        path: the dialogue.
        worlds: folder of the worlds.
    """
    file = read_dialogue(path)
    failures: list[str] = []
    at = file.now
    with clock.frozen(at):
        world = build_world(read_world(worlds / f"{file.shop}.yaml"))
        stage = _Stage(world, _open(world, file))
        _listen(stage)
        with tenancy.reading(world.organization):
            count = members.count()
    for number, turn in enumerate(file.turns, start=1):
        at = turn.at or at
        with clock.frozen(at):
            failures += [f"turn {number}: {failure}" for failure in _turn(stage, turn, number)]
    with clock.frozen(at), tenancy.reading(world.organization):
        failures += [f"end: {failure}" for failure in check_end(file.end, stage.conversation, count)]
    return Played(path, file.tags, tuple(failures), stage.handed_off)


def _open(world: BuiltWorld, file: DialogueFile) -> UUID:
    with tenancy.scope(world.organization):
        opened = open_conversation(inbox_id=world.inbox, language=file.language)
        if file.identity is not None:
            identify(
                contact_id=opened.contact_id,
                customer_id=world.customers[file.identity],
                level=IdentityLevel.KNOWN,
                how="visitor_token",
                until=_end_of_identity(file.now),
            )
    return opened.id


def _end_of_identity(now: datetime) -> datetime:
    return clock.later(now, 3600)


def _turn(stage: _Stage, turn: DialogueTurn, number: int) -> list[str]:
    organization, conversation = stage.world.organization, stage.conversation
    with tenancy.scope(organization):
        for place, text in enumerate(turn.messages):
            receive(conversation_id=conversation, text=text, client_id=f"{number}.{place}")
        if turn.staff is not None:
            staff.reply(conversation_id=conversation, staff_id=stage.world.staff, text=turn.staff)
        if turn.gives_back:
            staff.give_back(conversation_id=conversation, staff_id=stage.world.staff)
    outcome = answer_conversation(organization, conversation, understand=_understander(stage, turn, number))
    stage.handed_off = stage.handed_off or outcome.status == "handed_off"
    return check_turn(turn.expect, _seen(stage, outcome))


def _listen(stage: _Stage) -> list[MessageView]:
    """What the bot has said since last time."""
    with tenancy.reading(stage.world.organization):
        said = messages(stage.conversation, after=stage.heard_up_to)
    stage.heard_up_to = max([stage.heard_up_to, *(message.number for message in said)])
    return [one for one in said if one.direction is Direction.OUTGOING and one.author is AuthorKind.BOT]


def _seen(stage: _Stage, outcome: AnswerOutcome) -> Seen:
    ours = _listen(stage)
    return Seen(tuple(message.text for message in ours), tuple(message.evidence for message in ours), outcome)


def _understander(stage: _Stage, turn: DialogueTurn, number: int) -> Callable[[str, Context], Understanding]:
    if turn.meanwhile is None:
        return understand
    happened: list[str] = []
    return partial(_while_thinking, stage, turn.meanwhile, number, happened)


def _while_thinking(
    stage: _Stage, meanwhile: str, number: int, happened: list[str], text: str, context: Context
) -> Understanding:
    if not happened:
        happened.append(meanwhile)
        with tenancy.scope(stage.world.organization):
            if meanwhile == TAKES_OVER:
                staff.take_over(conversation_id=stage.conversation, staff_id=stage.world.staff)
            else:
                receive(conversation_id=stage.conversation, text=meanwhile, client_id=f"{number}.meanwhile")
    return understand(text, context)
