"""What the shop knows the answer to."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class KnowledgeEntry(TenantModel):
    """A question with other ways to ask it, and its answer, in one language."""

    code = models.CharField(max_length=60)
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    phrasings = models.JSONField(default=list)
    answer = models.TextField()
    active = models.BooleanField(default=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "assistant_knowledge_entry"
        constraints = (
            models.UniqueConstraint(fields=["organization", "code", "language"], name="knowledge_entry_once"),
        )

    def __str__(self) -> str:
        return self.title
