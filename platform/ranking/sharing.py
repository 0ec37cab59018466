"""Cutting everybody over the line alike, so that all fit into the pots, to the grosz."""

from collections.abc import Sequence
from decimal import Decimal

from budget.dividing import GROSZ, divide
from opium.polish import format_money
from ranking.amounts import in_steps
from ranking.drafts import Draft
from ranking.outcomes import Why
from ranking.purses import Purses
from ranking.rules import NOTHING, Rules


def share(rules: Rules, drafts: Sequence[Draft], purses: Purses) -> None:
    """Give each a part in proportion to its sum, pot after pot; the drafts from the best.

    Within a pot the steps that are left over go to the largest remainders, among equal ones to the
    better place (`budget.dividing`). Who would come below the least drops out, the last of the
    ranking first, and the others are cut anew without them.
    """
    staying = list(drafts)
    while (dropped := _below_least(rules, staying, purses)) is not None:
        staying.remove(dropped)
        dropped.stays(
            Why.LEAST, f"Po proporcjonalnym obniżeniu mniej niż {format_money(rules.least)}."
        )
    got: dict[str, list[tuple[str, Decimal]]] = {one.matter.key: [] for one in staying}
    needed = {one.matter.key: one.wanted for one in staying}
    for code in purses.left:
        waiting = [one for one in staying if code in one.codes and needed[one.matter.key]]
        parts = _parts(rules, [needed[one.matter.key] for one in waiting], purses.left[code])
        for draft, part in zip(waiting, parts, strict=True):
            if part:
                needed[draft.matter.key] -= part
                got[draft.matter.key].append((code, part))
                purses.take(((code, part),))
    for draft in staying:
        _give(draft, tuple(got[draft.matter.key]), has_pots=bool(purses.left))


def _give(draft: Draft, shares: tuple[tuple[str, Decimal], ...], *, has_pots: bool) -> None:
    amount = sum((part for _, part in shares), NOTHING) if has_pots else draft.wanted
    if not amount:
        draft.stays(Why.NO_MONEY, "Po proporcjonalnym obniżeniu nie zostało nic do przyznania.")
        return
    draft.goes_over(Why.RULE, shares, amount)
    if amount < draft.wanted:
        draft.sentence = f"Obniżono proporcjonalnie z {format_money(draft.wanted)}."


def _parts(rules: Rules, sums: Sequence[Decimal], left: Decimal) -> Sequence[Decimal]:
    """What each gets of one pot: its sum, or its part of what is there, in whole steps."""
    if sum(sums, NOTHING) <= left:
        return sums
    steps = in_steps(left, rules.step) / rules.step * GROSZ
    return [part / GROSZ * rules.step for part in divide(steps, sums)]


def _below_least(rules: Rules, drafts: Sequence[Draft], purses: Purses) -> Draft | None:
    """The last of the ranking whose exact part, rounded down, would be below the least.

    In whole numbers of steps, for this is asked again for everybody who drops out.
    """
    if not rules.least or not purses.left:
        return None
    sums = [int(one.wanted / rules.step) for one in drafts]
    needed = list(sums)
    for code, left in purses.left.items():
        has = int(left / rules.step)
        for_it = [number for number, one in enumerate(drafts) if code in one.codes]
        total = sum(needed[number] for number in for_it)
        for number in for_it:
            needed[number] -= needed[number] * has // total if total > has else needed[number]
    least = rules.least / rules.step
    for draft, steps, rest in zip(reversed(drafts), reversed(sums), reversed(needed), strict=True):
        if steps - rest < least:
            return draft
    return None
