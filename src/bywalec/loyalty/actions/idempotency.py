"""Idempotency keys, looked at before anything else: a used key decides alone."""

from collections.abc import Sequence

from bywalec.foundation.errors import BywalecError
from bywalec.loyalty.actions.requests import Request, checked_key, content_digest
from bywalec.loyalty.errors import IdempotencyMismatch, InProgress
from bywalec.loyalty.ledger import NotPosted, Outcome, Posted
from bywalec.loyalty.ledger.context import answered
from bywalec.loyalty.rules import answers
from bywalec.loyalty.rules.answers import Answer, Refusal


def digest_of(request: Request) -> bytes | None:
    """Return the fingerprint to keep beside the request's key; None when it has no key."""
    return content_digest(request) if request.idempotency_key is not None else None


def answers_by_key(batch: Sequence[Request]) -> list[answers.Outcome | None]:
    """Return for each request what its key decides: the stored answer, a refusal, or None when it is to be done.

    The same key with another body is refused, also when both stand in one batch.
    """
    outcomes: list[answers.Outcome | None] = [_refusal(request) for request in batch]
    keys = [request.idempotency_key for request in batch if request.idempotency_key is not None]
    known = answered(keys)
    first: dict[str, bytes | None] = {key: digest for key, (digest, _, _) in known.items()}
    for place, request in enumerate(batch):
        key = request.idempotency_key
        if key is None or outcomes[place] is not None:
            continue
        digest = digest_of(request)
        if first.setdefault(key, digest) != digest:
            outcomes[place] = Refusal(IdempotencyMismatch(field="Idempotency-Key", value=key))
        elif key in known:
            outcomes[place] = Answer(known[key][2], replayed=True)
    return outcomes


def require_posted(results: Sequence[Outcome]) -> list[Posted]:
    """Return results that must all be new, because their keys were free and their rows are written already.

    Raises:
        InProgress: another process used a key in the meantime; the unit of work must not be kept.
    """
    posted = [result for result in results if isinstance(result, Posted) and not result.replayed]
    if len(posted) != len(results):
        raise InProgress
    return posted


def answer_of(result: Outcome) -> answers.Outcome:
    """Return what a door answers for the outcome of a posting."""
    if isinstance(result, NotPosted):
        return Refusal(result.error)
    assert result.answer is not None, "every request is posted with an answer"
    return Answer(result.answer, result.replayed)


def _refusal(request: Request) -> Refusal | None:
    try:
        checked_key(request.idempotency_key)
    except BywalecError as error:
        return Refusal(error)
    return None
