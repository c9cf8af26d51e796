"""What the assistant may say: every number, date, code and promise of a reply must stand in the turn's evidence.

`check` is the one door; nothing is sent to a customer that it does not pass.
"""

from bywalec.assistant.grounding.check import Grounded, Ungrounded, check
from bywalec.assistant.grounding.evidence import Evidence

__all__ = ["Evidence", "Grounded", "Ungrounded", "check"]
