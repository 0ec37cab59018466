"""Decimals that cannot grow: 34 digits, no exceptions, nothing beyond 10^60."""

from decimal import Context, Decimal

CONTEXT = Context(prec=34, Emin=-60, Emax=60, traps=[])


def finite(value: Decimal) -> Decimal | None:
    """The number, or None for what is none (a division by zero, an overflow)."""
    return value if value.is_finite() else None


def number(value: object) -> Decimal | None:
    """The number that a value is, or None for anything else (yes and no are no numbers)."""
    if isinstance(value, Decimal):
        return finite(CONTEXT.plus(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return finite(CONTEXT.create_decimal(value))
    return None
