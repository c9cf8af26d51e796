"""The form of the chat on the shop's website."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bywalec.inbox.queries.inboxes import InboxInfo

GREETING_LENGTH_MAX = 400
ORIGINS_LENGTH_MAX = 4_000


class WidgetForm(forms.Form):
    """How the assistant introduces itself and on which websites it may stand."""

    bot_name = forms.CharField(label=_("Name of the assistant"), max_length=60)
    greeting_pl = forms.CharField(
        label=_("Greeting in Polish"),
        required=False,
        max_length=GREETING_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Empty: a greeting of ours, which says that a bot is answering."),
    )
    greeting_en = forms.CharField(
        label=_("Greeting in English"),
        required=False,
        max_length=GREETING_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    allowed_origins = forms.CharField(
        label=_("Websites"),
        required=False,
        max_length=ORIGINS_LENGTH_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "placeholder": "https://sklep.example"}),
        help_text=_("One address a line, without a path. The chat works nowhere else."),
    )

    @classmethod
    def of(cls, inbox: InboxInfo) -> "WidgetForm":
        """Return the form filled with what holds now."""
        return cls(
            initial={
                "bot_name": inbox.bot_name,
                "greeting_pl": inbox.greeting.get("pl", ""),
                "greeting_en": inbox.greeting.get("en", ""),
                "allowed_origins": "\n".join(inbox.allowed_origins),
            }
        )

    def origins(self) -> list[str]:
        """Return the websites of a valid form, one by one."""
        return [line.strip() for line in self.cleaned_data["allowed_origins"].splitlines() if line.strip()]

    def greeting(self) -> dict[str, str]:
        """Return the greetings of a valid form by language; empty ones are left out."""
        written = {code: self.cleaned_data[f"greeting_{code}"].strip() for code in ("pl", "en")}
        return {code: text for code, text in written.items() if text}
