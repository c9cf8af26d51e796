"""The catalogue and the registry: stable names, schemas, templates in every language."""

import re
from pathlib import Path

import pytest

from bywalec.assistant.dialogue.scenario import Collect, Confirmation, Tell, scenarios
from bywalec.assistant.replies.render import LANGUAGES, template_keys
from bywalec.assistant.skills.catalogue import Effect, Identity, catalogue
from bywalec.assistant.skills.skill import skill, skills

REQUIREMENTS = Path(__file__).parents[3] / "docs" / "requirements" / "skills.md"
IMPLEMENTED = {
    *("loyalty.balance", "loyalty.rewards", "loyalty.join", "shop.hours", "faq.answer", "human.request"),
    *("bot.identity", "chat.greet", "chat.thanks", "chat.bye", "chat.help", "chat.repeat", "chat.restart"),
    "chat.cancel",
}


def asked_for() -> dict[str, tuple[str, str]]:
    """Name → identity and effect, as the requirements have them."""
    rows: dict[str, tuple[str, str]] = {}
    for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and cells[2] in {"none", "known", "verified"}:
            for name in re.findall(r"`([a-z_.]+)`", cells[0]):
                rows[name] = (cells[2], cells[3])
    rows.pop("out_of_scope", None)
    return rows


def test_the_catalogue_is_that_of_the_requirements() -> None:
    assert {name: (entry.identity.value, entry.effect.value) for name, entry in catalogue().items()} == asked_for()


def test_the_skills_of_today_are_implemented() -> None:
    assert set(skills()) == IMPLEMENTED


def test_every_skill_has_a_name_to_be_asked_by_in_every_language() -> None:
    for entry in catalogue().values():
        assert all(entry.label(language) for language in LANGUAGES)


def test_every_template_exists_in_every_language() -> None:
    wanted = {template for one in skills().values() for template in one.templates}
    for scenario in scenarios().values():
        for one in scenario.steps:
            match one:
                case Collect(ask=ask, bad=bad):
                    wanted |= {template for template in (ask, bad) if template}
                case Tell(template) | Confirmation(template):
                    wanted.add(template)
                case _:
                    continue
    for language in LANGUAGES:
        assert wanted <= template_keys(language)
        assert template_keys(language) == template_keys("pl")


def test_no_figure_stands_in_a_template() -> None:
    for language in LANGUAGES:
        folder = Path(__file__).parents[3] / "src" / "bywalec" / "assistant" / "replies" / "texts"
        lines = (folder / f"{language}.yaml").read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if re.search(r"\d", line) and not line.startswith("#")] == []


def test_the_schema_of_a_request_is_a_tool_schema() -> None:
    schema = skills()["loyalty.join"].schema()
    assert "phone" in str(schema)
    assert "name" in str(schema)


def test_a_skill_outside_the_catalogue_cannot_be_declared() -> None:
    with pytest.raises(KeyError):
        skill("loyalty.invent", request=skills()["chat.greet"].request, templates=())


def test_identity_levels_are_ordered() -> None:
    assert Identity.VERIFIED.covers(Identity.KNOWN)
    assert Identity.KNOWN.covers(Identity.KNOWN)
    assert not Identity.NONE.covers(Identity.KNOWN)
    assert Effect("write") is Effect.WRITE
