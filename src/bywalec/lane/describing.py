"""How an operation of the lane stands in the OpenAPI document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a request or an answer.

    Args:
        kind: the msgspec type or dataclass; None where a text in ``media_type`` says it all.
        media_type: its media type.
        description: one sentence.
    """

    kind: type | None
    description: str
    media_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter in the path, the query or a header."""

    name: str
    place: str
    description: str
    schema: Mapping[str, object] = field(default_factory=lambda: {"type": "string"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """One operation in words and types; problem documents are added for every operation.

    Args:
        operation_id: stable name.
        summary: half a sentence.
        text: what a caller should know, in Markdown.
        tag: the group it is listed in.
        parameters: in path, query and header.
        request: its body, if it has one.
        answers: by status.
        problems: statuses of problem documents it may give.
    """

    operation_id: str
    summary: str
    text: str
    tag: str
    answers: Mapping[int, Body]
    parameters: Sequence[Parameter] = ()
    request: Body | None = None
    problems: Sequence[int] = (401, 403, 422, 429, 503)
