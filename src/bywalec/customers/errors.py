"""Why the customers area refuses something: one small class for each reason, with a stable code and a remedy."""

from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import Conflict, InvalidInput, NotFound


class BadPhone(InvalidInput):
    """A text that is no phone number."""

    code = "customers.bad_phone"
    title = _("This is not a phone number")
    default_remedy = _("Write it like 600 700 800, or with the country code like +380 50 123 45 67.")


class BadEmail(InvalidInput):
    """A text that is no e-mail address."""

    code = "customers.bad_email"
    title = _("This is not an e-mail address")
    default_remedy = _("Write it like anna@example.com.")


class BadContactKind(InvalidInput):
    """A kind of contact point that does not exist."""

    code = "customers.bad_contact_kind"
    title = _("There is no such kind of contact")
    default_remedy = _('Send "phone" or "email".')


class BadName(InvalidInput):
    """A name that is empty, too long or holds control characters."""

    code = "customers.bad_name"
    title = _("This cannot be a name")
    default_remedy = _("Write the name in at most 120 characters, or leave it out.")


class BadBirthday(InvalidInput):
    """A day and month that do not exist."""

    code = "customers.bad_birthday"
    title = _("There is no such day")
    default_remedy = _("Send day and month; the year is not asked for.")


class BadConsent(InvalidInput):
    """A consent whose purpose, channel or text is not known."""

    code = "customers.bad_consent"
    title = _("There is no such consent")
    default_remedy = _("Name a purpose, a channel and the version of the text that was shown.")


class TooManyContactPoints(InvalidInput):
    """More contact points than a person may have."""

    code = "customers.too_many_contact_points"
    title = _("Too many contact points for one person")
    default_remedy = _("Keep the ones in use.")


class ContactTaken(Conflict):
    """The phone number or address belongs to another customer."""

    code = "customers.contact_taken"
    title = _("This phone number or address belongs to another customer")
    default_remedy = _("Look the customer up by it; if it changed hands, have it verified by a code.")


class CustomerNotFound(NotFound):
    """No such customer in this organization."""

    code = "customers.customer_not_found"
    title = _("There is no such customer")


class CustomerErased(Conflict):
    """The person's data was erased; nothing about them is kept any more."""

    code = "customers.customer_erased"
    title = _("This customer's data was erased")
    default_remedy = _("Register the person anew if they wish so.")
