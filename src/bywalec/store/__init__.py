"""What the shop sells and has sold: products, opening hours, purchases, returns."""
