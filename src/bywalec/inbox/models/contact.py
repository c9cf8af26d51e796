"""A person as one channel knows them."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel
from bywalec.inbox.models.inbox import Inbox
from bywalec.inbox.rules.kinds import IdentityLevel


class Contact(TenantModel):
    """Somebody who writes through an inbox, linked to a customer once known.

    The contact's id is the subject of every key that seals their words: it stays the same when the contact is linked
    to a customer, so nothing is sealed anew; erasing a customer destroys the keys of all their contacts.
    ``source_index`` is the blind index of the channel's own address of the person.
    """

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="+", db_index=False)
    source_index = models.BinaryField(max_length=32)
    source_sealed = models.BinaryField(null=True)
    customer = models.ForeignKey(
        "customers.Customer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    display_name_sealed = models.BinaryField(null=True)
    identity_level = models.CharField(
        max_length=8, choices=[(level.value, level.value) for level in IdentityLevel], default=IdentityLevel.NONE.value
    )
    identity_how = models.CharField(max_length=30, blank=True)
    identified_at = models.DateTimeField(null=True)
    identity_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "inbox_contact"
        constraints = (
            models.UniqueConstraint(fields=["organization", "inbox", "source_index"], name="contact_source_once"),
        )
        indexes = (models.Index(fields=["organization", "customer"], name="contact_by_customer"),)
