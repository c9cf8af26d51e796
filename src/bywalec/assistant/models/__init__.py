"""Tables of the assistant."""

from bywalec.assistant.models.dialogue_state import DialogueState
from bywalec.assistant.models.knowledge_entry import KnowledgeEntry
from bywalec.assistant.models.skill_run import SkillRun

__all__ = ["DialogueState", "KnowledgeEntry", "SkillRun"]
