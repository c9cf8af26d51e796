"""Tables of the store."""

from bywalec.store.models.hours import ShopHours, SpecialDay
from bywalec.store.models.product import Product
from bywalec.store.models.purchase import Purchase, PurchaseLine
from bywalec.store.models.purchase_return import PurchaseReturn, ReturnLine

__all__ = ["Product", "Purchase", "PurchaseLine", "PurchaseReturn", "ReturnLine", "ShopHours", "SpecialDay"]
