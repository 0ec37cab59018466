"""Dividing a sum to the grosz without losing one; pure."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

GROSZ = Decimal("0.01")


def divide(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Shares of the total in proportion to the weights, in their order; they sum to the total.

    Each share is its exact part rounded down to the grosz; the grosze that are left go one each to
    the largest remainders, among equal ones to the earlier. So no share is a grosz or more from
    its exact part, and the same input always gives the same shares. `ValueError` where the total
    or a weight is negative, the total is not in whole grosze, or there is nothing to divide by.
    """
    grosze = Fraction(total) * 100
    if total < 0 or grosze.denominator != 1 or any(one < 0 for one in weights):
        raise ValueError("a sum in whole grosze is divided by weights that are not negative")
    parts = [Fraction(one) for one in weights]
    whole = sum(parts)
    if whole == 0:
        raise ValueError("there is no weight to divide by")
    exact = [grosze * part / whole for part in parts]
    shares = [int(one) for one in exact]
    by_remainder = sorted(
        range(len(exact)), key=lambda place: (shares[place] - exact[place], place)
    )
    for place in by_remainder[: int(grosze) - sum(shares)]:
        shares[place] += 1
    return [Decimal(share) * GROSZ for share in shares]
