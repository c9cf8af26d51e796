"""What a message means, for integrations that bring their own dialogue."""

from django.http import HttpRequest
from ninja import Router

from bywalec.api.keys import Key
from bywalec.api.schemas import UnderstandIn, UnderstoodOut
from bywalec.assistant.understanding.types import Context, Turn, Understanding
from bywalec.assistant.understanding.understand import understand

router = Router(tags=["understanding"])


@router.post("/understand", auth=Key("understand"), response=UnderstoodOut, operation_id="post_understand")
def post_understand(request: HttpRequest, sent: UnderstandIn) -> Understanding:
    """Say which skills a message asks for, with confidence, and what it names. Nothing is stored."""
    turns = tuple(Turn(turn.from_, turn.text) for turn in sent.context.turns)
    return understand(sent.text, Context(turns, sent.context.scenario, sent.context.asked_slot))
