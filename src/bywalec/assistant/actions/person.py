"""A customer asks for a person by a button: the same notice, the same story, no understanding needed."""

from uuid import UUID

from bywalec.assistant.actions.dialogue import keep_state
from bywalec.assistant.actions.handing_over import notice_draft, slots_of, summary_of
from bywalec.assistant.actions.speaking import Voice, speak
from bywalec.assistant.dialogue.decisions import HandOff
from bywalec.assistant.dialogue.state import State
from bywalec.assistant.queries.turn import turn_facts
from bywalec.foundation import clock
from bywalec.inbox.actions.handoff import hand_off
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.handoffs import HandoffView
from bywalec.inbox.rules.kinds import AuthorKind

ASKED = HandOff("customer_asked")


def ask_for_person(*, conversation_id: UUID) -> HandoffView | None:
    """Hand a conversation over because its customer asked; one that is with a person or waits stays as it is.

    Args:
        conversation_id: a conversation of the current scope.

    Raises:
        ConversationNotFound: no such conversation.
    """
    facts = turn_facts(conversation_id, before=conversation(conversation_id).last_number + 1)
    voice = Voice(facts.language, clock.local(facts.now, facts.organization.timezone).date(), ())
    intro = () if facts.has_introduced_itself else ("intro",)
    [notice] = speak([notice_draft(ASKED, facts, facts.language, intro)], voice).replies
    keep_state(
        conversation_id=conversation_id, contact_id=facts.view.contact.id, state=State(language=facts.state.language)
    )
    return hand_off(
        conversation_id=conversation_id,
        reason=ASKED.reason,
        notice=notice,
        summary=summary_of(ASKED, facts, ()),
        slots=slots_of(facts),
        requested_by=AuthorKind.CUSTOMER,
    )
