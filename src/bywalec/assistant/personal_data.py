"""What the assistant's tables hold about a person."""

from bywalec.foundation.registries import PersonalField, personal_data


def register() -> None:
    """List the personal columns; called once when the application starts."""
    personal_data(
        "assistant",
        {
            # Slots hold what the customer was asked for; sealed under the key of the contact, like the messages.
            "assistant.DialogueState.state_sealed": PersonalField(
                subject="customer", export="state of the conversation", erase="shred"
            ),
        },
        not_personal={
            "assistant.SkillRun.skill": "name of a skill",
            "assistant.SkillRun.operation_key": "a random number of the proposal",
            "assistant.SkillRun.outcome": "a word of the program",
            "assistant.KnowledgeEntry.code": "the shop's short name of a question",
            "assistant.KnowledgeEntry.title": "the shop's question",
            "assistant.KnowledgeEntry.phrasings": "other ways to ask it",
            "assistant.KnowledgeEntry.answer": "the shop's answer",
        },
    )
