"""Members: enrol one, find one. The hot question, what a member can spend, is answered by the lane."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Status

from bywalec.api.keys import Key
from bywalec.api.schemas import MemberIn, MemberOut
from bywalec.api.work import reading, writing
from bywalec.customers.actions.register import register_customer
from bywalec.customers.queries import people
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation.errors import BywalecError, InvalidInput
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.queries import members
from bywalec.loyalty.queries.members import MemberInfo

router = Router(tags=["members"])
SOURCE = "api"


@router.post("/members", auth=Key("members:write"), response={201: MemberOut}, operation_id="post_member")
def post_member(request: HttpRequest, sent: MemberIn) -> Status[MemberInfo]:
    """Enrol somebody; a phone number or a card is enough, and without a card they get a new number.

    Whose phone number is known already is enrolled as they are known; what else is sent about them changes nothing.
    Somebody who is a member already, or another person's e-mail, gives `409`.
    """
    if sent.phone is None and sent.card is None:
        raise InvalidInput(
            _("Either a phone number or a card is needed."),
            code="request.missing_field",
            field="phone",
            remedy=_("Send phone or card."),
        )
    with writing(request):
        customer = _known(sent) or _registered(sent)
        return Status(201, enrol(customer_id=customer, card=sent.card, source=SOURCE))


@router.get("/members/lookup", auth=Key("members:read"), response=MemberOut, operation_id="lookup_member")
def lookup_member(request: HttpRequest, card: str | None = None, phone: str | None = None) -> MemberInfo:
    """Find the member a card or a phone number belongs to; exactly one of the two."""
    if (card is None) == (phone is None):
        raise InvalidInput(
            _("Ask for one member: by card or by phone."),
            code="request.query",
            field="?card",
            remedy=_("Send exactly one of ?card= and ?phone=."),
        )
    with reading(request):
        return members.lookup(card=card, phone=phone)


@router.get("/members/{member}", auth=Key("members:read"), response=MemberOut, operation_id="get_member")
def get_member(request: HttpRequest, member: UUID) -> MemberInfo:
    """Return a member."""
    with reading(request):
        return members.member(member)


def _known(sent: MemberIn) -> UUID | None:
    """Return whom the phone number belongs to. An e-mail alone finds nobody: it may be a stranger's."""
    found = people.find_by_contact("phone", sent.phone) if sent.phone is not None else None
    return found.id if found is not None else None


def _registered(sent: MemberIn) -> UUID:
    points: dict[str, NewContactPoint] = {}
    if sent.phone is not None:
        points["phone"] = NewContactPoint("phone", sent.phone)
    if sent.email is not None:
        points["email"] = NewContactPoint("email", sent.email)
    try:
        return register_customer(
            name=sent.name,
            contact_points=list(points.values()),
            language=sent.language,
            birthday=(sent.birthday.day, sent.birthday.month) if sent.birthday else None,
        ).id
    except BywalecError as error:
        # Told under the name by which it was sent here.
        for place, name in enumerate(points):
            if error.field == f"contact_points[{place}].value":
                error.field = name
        raise
