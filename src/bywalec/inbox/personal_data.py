"""What the inbox's tables hold about a person. Everything sealed hangs on the key of the contact."""

from bywalec.foundation.registries import PersonalField, personal_data


def register() -> None:
    """List the personal columns; called once when the application starts."""
    personal_data(
        "inbox",
        {
            "inbox.Contact.source_index": PersonalField(subject="customer", export=None, erase="anonymise"),
            "inbox.Contact.source_sealed": PersonalField(
                subject="customer", export="address on the channel", erase="shred"
            ),
            "inbox.Contact.display_name_sealed": PersonalField(
                subject="customer", export="name in the chat", erase="shred"
            ),
            "inbox.Message.text_sealed": PersonalField(subject="customer", export="message", erase="shred"),
            "inbox.Message.evidence_sealed": PersonalField(
                subject="customer", export="evidence of the answer", erase="shred"
            ),
            "inbox.Handoff.summary_sealed": PersonalField(
                subject="customer", export="summary for the consultant", erase="shred"
            ),
            "inbox.Handoff.facts_sealed": PersonalField(
                subject="customer", export="facts for the consultant", erase="shred"
            ),
        },
        not_personal={
            "inbox.Contact.identity_how": "a word of the program",
            "inbox.Handoff.reason": "a word of the program",
            "inbox.Inbox.public_key": "stands in the shop's own page",
            "inbox.Message.activity": "a word of the program",
            "inbox.Message.skill": "the name of a skill",
            "inbox.Inbox.name": "the shop's own name for the channel",
            "inbox.Inbox.bot_name": "the name of a program",
            "inbox.Inbox.greeting": "the shop's own words",
            "inbox.Inbox.secret_sealed": "a secret of the shop, sealed under a key of the inbox",
            "inbox.Inbox.allowed_origins": "addresses of the shop's websites",
            "inbox.Inbox.settings": "the shop's choices",
            "inbox.Message.client_id": "a random number of the sender's program",
            "inbox.Message.source_id": "the channel's number of the message",
            "inbox.ConversationEvent.data": "ids, numbers and states only",
        },
    )
