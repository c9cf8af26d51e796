"""Understanding: what a customer's message means, whatever it looks like.

`understand` is the one door; its types are in `types`.
"""

from bywalec.assistant.understanding.types import (
    SURE,
    Context,
    Entity,
    Place,
    ShopWords,
    SkillGuess,
    Turn,
    Understanding,
)
from bywalec.assistant.understanding.understand import understand

__all__ = ["SURE", "Context", "Entity", "Place", "ShopWords", "SkillGuess", "Turn", "Understanding", "understand"]
