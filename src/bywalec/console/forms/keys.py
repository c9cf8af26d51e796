"""The form for a new API key: for whom, for which till, for what."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bywalec.console.states import SCOPES
from bywalec.foundation.queries import TillInfo


class KeyForm(forms.Form):
    """A new key. A till's key may only write that till's purchases."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("So that you know it again: Till 1, Online shop, Accounting.")
    )
    till = forms.ChoiceField(
        label=_("Till"), required=False, help_text=_("A till's key works for that till only. Leave empty for a system.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing.")},
    )

    def __init__(self, data: QueryDict | None = None, *, tills: Sequence[TillInfo] = ()) -> None:
        super().__init__(data)
        choices = [("", _("no till")), *((str(till.id), f"{till.name} ({till.code})") for till in tills)]
        field = self.fields["till"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
