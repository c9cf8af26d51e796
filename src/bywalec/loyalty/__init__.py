"""Loyalty: points that can be neither lost nor invented, the rules that give them and the rewards that take them."""
