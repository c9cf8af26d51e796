"""What the programme's units are called, in the language of the reply."""

from django.utils.translation import override

from bywalec.assistant.grounding.values import Forms
from bywalec.loyalty.queries import programme


def unit_forms(language: str) -> dict[str, Forms]:
    """The forms for one, few and many of the main unit, by its code.

    Raises:
        NoProgramme: the organization has none.
    """
    with override(language):
        info = programme.programme()
    return {info.unit: info.unit_names}


def forms_of(unit: str, name: str, known: dict[str, Forms]) -> Forms:
    """The forms of a unit; one whose forms are not told keeps its name."""
    return known.get(unit, (name, name, name))
