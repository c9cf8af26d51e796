"""Tables of the foundation."""

from bywalec.foundation.models.access import ApiKey, Membership, StaffUser
from bywalec.foundation.models.audit import AuditRecord
from bywalec.foundation.models.events import Delivery, EventRow, Schedule
from bywalec.foundation.models.keys import PersonKey, TenantKey
from bywalec.foundation.models.organization import Organization, Shop, Till
from bywalec.foundation.models.outbox import OutboxMessage

__all__ = [
    "ApiKey",
    "AuditRecord",
    "Delivery",
    "EventRow",
    "Membership",
    "Organization",
    "OutboxMessage",
    "PersonKey",
    "Schedule",
    "Shop",
    "StaffUser",
    "TenantKey",
    "Till",
]
