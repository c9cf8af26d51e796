"""What the programme's unit is called, in the language of the reply."""

from django.utils.translation import override

from bywalec.loyalty.queries import programme


def unit_forms(language: str) -> tuple[str, str, str]:
    """The unit's forms for one, few and many.

    Raises:
        NoProgramme: the organization has none.
    """
    with override(language):
        return programme.programme().unit_names
