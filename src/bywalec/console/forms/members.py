"""Forms about members: enrolling one, undoing a movement of points."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

REASON_LENGTH_MAX = 200


class EnrolForm(forms.Form):
    """A new member: a phone number or a card is enough, everything else may come later."""

    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
        help_text=gettext_lazy("The customer gives it at the till in place of the card."),
    )
    name = forms.CharField(
        label=pgettext_lazy("person", "Name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    card = forms.CharField(
        label=gettext_lazy("Card"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        help_text=gettext_lazy("Scan or copy the number. Leave empty for a new number."),
    )
    sms = forms.BooleanField(label=gettext_lazy("Agrees to offers by text message"), required=False)
    email_offers = forms.BooleanField(label=gettext_lazy("Agrees to offers by e-mail"), required=False)

    def clean(self) -> dict[str, object]:
        """Ask for a phone number or a card: without either nobody could be recognised."""
        data: dict[str, object] = super().clean() or {}
        if not self.errors and not data.get("phone") and not data.get("card"):
            self.add_error("phone", _("Write a phone number or a card number: by one of them we know the member."))
        if data.get("email_offers") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Offers by e-mail need an address."))
        if data.get("sms") and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Offers by text message need a number."))
        return data


class ReversalForm(forms.Form):
    """Why a movement of points is undone."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The customer sees it in their history."),
    )
