"""Puts an area's refusal beside the field of the form that caused it."""

from collections.abc import Mapping

from django import forms

from bywalec.foundation.errors import BywalecError


def add_refusal(form: forms.Form, error: BywalecError, fields: Mapping[str, str] | None = None) -> None:
    """Add an error of an action to a form.

    Args:
        form: the form that was sent.
        error: what the action refused.
        fields: field of the form by the beginning of the field the action names, where they differ.
    """
    named = error.field or ""
    own = next((target for start, target in (fields or {}).items() if named.startswith(start)), named)
    value = f" ({error.value})" if error.value not in (None, "") and own != "" else ""
    form.add_error(own if own in form.fields else None, f"{error.message}{value}. {error.remedy}".replace("..", "."))
