"""Dividing whole points so that the parts add up: the method of largest remainder (Hamilton)."""

from collections.abc import Sequence


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Divide a total in proportion to weights; the parts are whole and sum to the total.

    Each part is the exact share rounded down; what is left goes, one by one, to the largest remainders, earlier ones
    first. Weights may be negative (goods taken back on the same receipt) as long as their sum is positive.

    Raises:
        ValueError: the weights do not sum to more than zero and there is something to divide.
    """
    if not total:
        return [0] * len(weights)
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("weights must sum to more than zero")
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    if left:
        by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
        for at in by_remainder[:left]:
            parts[at] += 1
    return parts
