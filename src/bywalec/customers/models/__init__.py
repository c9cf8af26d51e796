"""Tables about people."""

from bywalec.customers.models.consent import Consent
from bywalec.customers.models.contact_point import ContactPoint
from bywalec.customers.models.customer import Customer
from bywalec.customers.models.search_token import SearchToken

__all__ = ["Consent", "ContactPoint", "Customer", "SearchToken"]
