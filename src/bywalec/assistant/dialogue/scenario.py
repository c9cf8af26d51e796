"""Scenarios: how a skill is talked through, as YAML documents with a JSON Schema.

Steps run in order: `collect` a slot, `say` a template, `confirm` the parameters, `call` the skill.
"""

from functools import cache
from importlib import resources

import msgspec
import yaml


class Collect(msgspec.Struct, frozen=True, tag="collect", tag_field="do", forbid_unknown_fields=True):
    """Collect a slot.

    Args:
        slot: name of the slot, a field of the skill's request.
        entity: type of the entity that fills it; None for free text.
        text: takes the whole message that brought the wish.
        name: takes a person's name.
        optional: never asked for, only taken where it was said.
        ask: template of the question.
        bad: template when the answer does not fit.
    """

    slot: str
    entity: str | None = None
    text: bool = False
    name: bool = False
    optional: bool = False
    ask: str | None = None
    bad: str | None = None


class Tell(msgspec.Struct, frozen=True, tag="say", tag_field="do", forbid_unknown_fields=True):
    """Say a template."""

    template: str


class Confirmation(msgspec.Struct, frozen=True, tag="confirm", tag_field="do", forbid_unknown_fields=True):
    """Repeat the exact parameters and wait for a yes."""

    template: str


class Run(msgspec.Struct, frozen=True, tag="call", tag_field="do", forbid_unknown_fields=True):
    """Run the skill."""


Step = Collect | Tell | Confirmation | Run


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one skill is talked through."""

    skill: str
    version: int
    steps: tuple[Step, ...]

    @property
    def collects(self) -> tuple[Collect, ...]:
        """The steps that collect a slot."""
        return tuple(step for step in self.steps if isinstance(step, Collect))


@cache
def scenarios() -> dict[str, Scenario]:
    """The shipped scenarios by skill.

    Raises:
        msgspec.ValidationError: a document does not fit the schema.
    """
    folder = resources.files("bywalec.assistant") / "scenarios"
    documents = [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".yaml")
    ]
    read = [msgspec.convert(document, Scenario) for document in documents]
    return {scenario.skill: scenario for scenario in read}


def schema() -> dict[str, object]:
    """JSON Schema of a scenario document."""
    return msgspec.json.schema(Scenario)
