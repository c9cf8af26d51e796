"""The shape of every tenant's row: UUIDv7 key, organization, a manager that refuses to look outside the scope."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django_scopes import ScopedManager

from bywalec.foundation.ids import new_id


class TenantModel(models.Model):
    """Base of every table that belongs to an organization.

    Foreign keys are declared with ``db_index=False``; every index and unique constraint starts with ``organization``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organization = models.ForeignKey(
        "foundation.Organization", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    if TYPE_CHECKING:
        objects: ClassVar[models.Manager[Self]]
    else:
        objects = ScopedManager(organization="organization")

    class Meta:
        abstract = True
