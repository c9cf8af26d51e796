"""The second store: wrapped keys of tenants and persons, kept and backed up apart from the data they open."""

from django.db import models


class TenantKey(models.Model):
    """The key of an organization, wrapped by the master key: blind indexes and keyed tokens hang on it."""

    organization = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "keys_tenant_key"


class PersonKey(models.Model):
    """The key of one person's fields. Destroyed: ``wrapped`` is null and the row stays as a tombstone."""

    subject = models.UUIDField(primary_key=True)
    organization = models.UUIDField()
    wrapped = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "keys_person_key"
        indexes = (models.Index(fields=["organization", "created_at"], name="person_key_by_time"),)
