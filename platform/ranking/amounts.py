"""How much a matter gets by the rules, before the pots are asked."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from ranking.matters import Matter
from ranking.rules import GROSZ, NOTHING, Rounding, Rules

_ROUNDINGS = {
    Rounding.DOWN: ROUND_FLOOR,
    Rounding.NEAREST: ROUND_HALF_UP,
    Rounding.UP: ROUND_CEILING,
}


def amount_of(rules: Rules, matter: Matter) -> Decimal | None:
    """The sum by the rules, in whole steps of the rounding; None where they give none.

    Never above a cap nor above what was asked for, whichever way it is rounded.
    """
    if rules.way is None:
        return NOTHING
    found = rules.way.of(matter)
    if found is None:
        return None
    amount = in_steps(max(found, NOTHING), rules.step, rules.rounding)
    ceilings = [cap.on(matter) for cap in rules.caps]
    if rules.asked:
        ceilings.append(matter.number(rules.asked))
    for ceiling in ceilings:
        if ceiling is not None and amount > ceiling:
            amount = in_steps(max(ceiling, NOTHING), rules.step)
    return amount


def in_steps(amount: Decimal, step: Decimal, rounding: Rounding = Rounding.DOWN) -> Decimal:
    """The amount in whole steps, to the grosz."""
    if step == GROSZ:
        return amount.quantize(GROSZ, _ROUNDINGS[rounding])
    steps = (amount / step).to_integral_value(_ROUNDINGS[rounding])
    return (steps * step).quantize(GROSZ)
