"""Sums of what people typed, exact in the tenths and hundredths that they typed."""

from collections.abc import Iterable
from decimal import Decimal, localcontext

_PRECISION = 60


def exact_sum(numbers: Iterable[float | int]) -> float | int | None:
    """The sum as decimal numbers; None of nothing."""
    with localcontext(prec=_PRECISION):
        listed = [Decimal(repr(float(n)) if isinstance(n, float) else n) for n in numbers]
        if not listed:
            return None
        total = sum(listed, Decimal(0))
    return int(total) if total == total.to_integral_value() else float(total)
