"""What skills did."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class SkillRun(TenantModel):
    """One run of a skill that writes, notes, or touches a person's data: for limits, audit and acting only once.

    The operation key comes from the proposal that the customer confirmed; it is unique, so a confirmation that arrives
    twice cannot act twice.
    """

    conversation = models.ForeignKey("inbox.Conversation", on_delete=models.CASCADE, related_name="+", db_index=False)
    skill = models.CharField(max_length=60)
    operation_key = models.CharField(max_length=64, null=True)
    outcome = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        db_table = "assistant_skill_run"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "operation_key"],
                condition=models.Q(operation_key__isnull=False),
                name="skill_run_operation_once",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "conversation", "skill", "at"], name="skill_run_by_conversation"),
            models.Index(fields=["organization", "skill", "at"], name="skill_run_by_skill"),
        )
