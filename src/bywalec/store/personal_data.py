"""What the store's tables hold about a person: whose purchase or return it was."""

from bywalec.foundation.registries import PersonalField, personal_data

_MEMBER = {
    "customer": PersonalField(subject="customer", export=None, erase="keep"),
    "member_index": PersonalField(subject="customer", export=None, erase="clear"),
    "member_sealed": PersonalField(subject="customer", export="member reference", erase="clear"),
}
_NOT_PERSONAL = {
    "store.Product.sku": "the shop's product code",
    "store.Product.name": "the product's name",
    "store.Product.category": "the shop's own grouping",
    "store.Product.unit": "unit of measure",
    "store.Product.folded": "the product's name, folded",
    "store.SpecialDay.intervals": "opening hours",
    "store.SpecialDay.note": "a notice about the shop",
    "store.Purchase.receipt_number": "the till's number",
    "store.Purchase.order_number": "the e-shop's number",
    "store.PurchaseLine.sku": "the shop's product code",
    "store.PurchaseLine.name": "the product's name",
    "store.PurchaseLine.category": "the shop's own grouping",
    "store.PurchaseReturn.return_number": "the till's number",
    "store.PurchaseReturn.original_receipt_number": "the till's number",
    "store.ReturnLine.sku": "the shop's product code",
    "store.ReturnLine.name": "the product's name",
    "store.ReturnLine.category": "the shop's own grouping",
}


def register() -> None:
    """List the personal columns; called once when the application starts."""
    personal_data(
        "store",
        {
            f"store.{model}.{column}": entry
            for model in ("Purchase", "PurchaseReturn")
            for column, entry in _MEMBER.items()
        },
        not_personal=_NOT_PERSONAL,
    )
