"""One request of a key is one unit of work in the key's organization, in the key's name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

from bywalec.api.keys import acts_as, caller
from bywalec.api.replies import json_response
from bywalec.foundation import tenancy
from bywalec.foundation.actor import acting_as
from bywalec.foundation.api_keys import KeyInfo
from bywalec.loyalty.rules.answers import Outcome, Refusal


@contextmanager
def writing(request: HttpRequest) -> Iterator[KeyInfo]:
    """Run a unit of work that may write."""
    key = caller(request)
    with acting_as(acts_as(key)), tenancy.scope(key.organization):
        yield key


@contextmanager
def reading(request: HttpRequest) -> Iterator[KeyInfo]:
    """Run a unit of work that only reads."""
    key = caller(request)
    with tenancy.reading(key.organization):
        yield key


def only(outcomes: Sequence[Outcome]) -> HttpResponse:
    """Return the stored answer of a batch of one.

    Raises:
        BywalecError: the one was refused; call this inside the unit of work, so that nothing of it stays.
    """
    [outcome] = outcomes
    if isinstance(outcome, Refusal):
        raise outcome.error
    return json_response(outcome.body)
