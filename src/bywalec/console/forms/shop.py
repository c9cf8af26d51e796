"""Forms of the settings: the organization, its shop, its week."""

from django import forms
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from bywalec.console.forms.hours import TEXT_LENGTH_MAX, HoursField, Interval, written_hours
from bywalec.foundation.queries import OrganizationInfo, ShopInfo

HEX = RegexValidator(r"\A#[0-9a-fA-F]{6}\Z", _("Write the colour as #0f766e."))
WEEKDAYS = (
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
)


class OrganizationForm(forms.Form):
    """The name customers see and the colour they see it in."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Customers see it in the chat and on receipts.")
    )
    accent = forms.CharField(
        label=_("Colour"),
        validators=[HEX],
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Buttons and links take it. We shift its lightness so that text can be read in both appearances."),
    )

    @classmethod
    def of(cls, organization: OrganizationInfo) -> "OrganizationForm":
        """Return the form filled with what holds now."""
        return cls(initial={"name": organization.name, "accent": organization.accent})


class ShopForm(forms.Form):
    """Where the shop is and how it is reached."""

    name = forms.CharField(label=_("Name of the place"), max_length=120)
    street = forms.CharField(label=_("Street and number"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=20, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    @classmethod
    def of(cls, shop: ShopInfo) -> "ShopForm":
        """Return the form filled with what holds now."""
        return cls(initial={name: getattr(shop, name) for name in cls.base_fields})


class WeekForm(forms.Form):
    """The usual week, a line for each day."""

    def __init__(self, data: QueryDict | None = None, *, weekly: dict[int, tuple[Interval, ...]] | None = None) -> None:
        super().__init__(data)
        for number, name in WEEKDAYS:
            written = written_hours((weekly or {}).get(number, ()))
            self.fields[f"day_{number}"] = HoursField(
                label=name, initial=written, required=False, max_length=TEXT_LENGTH_MAX
            )

    def weekly(self) -> dict[int, tuple[Interval, ...]]:
        """Return the intervals by ISO weekday of a valid form."""
        return {number: self.cleaned_data[f"day_{number}"] for number, _name in WEEKDAYS}
