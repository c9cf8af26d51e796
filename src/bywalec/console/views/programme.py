"""The programme as the settings tell it: its rule in a sentence, its rewards."""

from django.http import HttpResponse

from bywalec.console.permissions import requires
from bywalec.console.visit import Visit
from bywalec.loyalty.errors import NoProgramme
from bywalec.loyalty.queries.programme import ProgrammeInfo, programme
from bywalec.loyalty.queries.rewards import rewards


@requires("settings.read")
def show(visit: Visit) -> HttpResponse:
    """Show how points are earned and what they are spent on."""
    with visit.reading():
        found = _programme()
        context = {"section": "programme", "programme": found, "rewards": rewards() if found else ()}
        return visit.page("console/settings/programme.html", context)


def _programme() -> ProgrammeInfo | None:
    try:
        return programme()
    except NoProgramme:
        return None
