"""A scenario played: places, sums, the line, and what was changed by hand."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from opium.polish import format_money
from ranking.amounts import amount_of
from ranking.counting import Prizes
from ranking.cutting import cut, within
from ranking.drafts import Draft, no_money, row_of
from ranking.hand import Changes
from ranking.matters import Matter, told
from ranking.ordering import rank
from ranking.outcomes import Outcome, PotSum, Row, Why
from ranking.purses import Purses
from ranking.rules import NOTHING, AtLine, Rules, Threshold
from ranking.sharing import share

_FOR_MONEY = frozenset({Why.NO_MONEY, Why.STOPPED, Why.RULE})
"""The sides of those who get less than they would if there were more money."""


def play(rules: Rules, matters: Iterable[Matter], changes: Changes | None = None) -> Outcome:
    """Who is over the line, for how much, and why; the same for every order of the matters.

    What was moved over the line by hand takes its prize and its money first. No pot ever gives
    more than it has: who does not fit is below the line, by whichever hand it was moved.
    `ValueError` for two matters with one key.
    """
    changes = changes or Changes()
    purses = Purses(rules.pots, is_split=rules.is_split)
    prizes = Prizes(rules.limits)
    drafts = _drafts(rules, matters, changes, purses)
    for draft in drafts:
        if draft.why is None and draft.change is not None and draft.change.is_over:
            _by_hand(draft, prizes, purses)
    if rules.is_proportional:
        _alike(rules, drafts, prizes, purses)
    else:
        cut(rules, drafts, prizes, purses)
    return _outcome(rules, drafts, purses, changes)


def _drafts(
    rules: Rules, matters: Iterable[Matter], changes: Changes, purses: Purses
) -> list[Draft]:
    """With the side of those whom the rules or a hand have kept below already."""
    drafts = []
    for number, ranked in enumerate(rank(rules, matters), start=1):
        matter, change = ranked.matter, changes.matters.get(ranked.matter.key)
        counted = amount_of(rules, matter)
        if change is not None and change.amount is not None:
            counted = change.amount
        draft = Draft(ranked, number, change, counted, purses.codes_for(matter))
        _hold_back(rules, draft, changes)
        drafts.append(draft)
    return drafts


def _hold_back(rules: Rules, draft: Draft, changes: Changes) -> None:
    """Put it below the line where that needs no look at the others."""
    side = None if draft.change is None else draft.change.is_over
    is_in, is_set = side is True, draft.change is not None and draft.change.amount is not None
    if side is False:
        draft.stays(Why.HAND_OUT, "Przesunięto ręcznie pod linię.")
    elif not is_in and (below := _below(rules.thresholds, draft.matter)):
        draft.stays(Why.THRESHOLD, below)
    elif not is_in and changes.line is not None and draft.number > changes.line:
        draft.stays(Why.HAND_LINE, "Linię przesunięto ręcznie powyżej tej sprawy.")
    elif rules.way is not None and not draft.counted:
        draft.stays(Why.NO_AMOUNT, "Zasady nie dają tej sprawie żadnej kwoty.")
    elif draft.wanted < rules.least and not is_set:
        draft.stays(
            Why.LEAST,
            f"Kwota {format_money(draft.wanted)} jest niższa od najniższej przyznawanej "
            f"({format_money(rules.least)}).",
        )
    elif rules.pots and rules.way is not None and not draft.codes:
        draft.stays(Why.NO_POT, "Żadna pula nie jest przeznaczona dla tej sprawy.")


def _below(thresholds: Sequence[Threshold], matter: Matter) -> str:
    for one in thresholds:
        found = matter.number(one.by)
        if found is None:
            return f"Brak wartości „{one.label}”, a próg to {told(one.least)}."
        if found < one.least:
            return f"Poniżej progu: {one.label} {told(found)}, a próg to {told(one.least)}."
    return ""


def _by_hand(draft: Draft, prizes: Prizes, purses: Purses) -> None:
    shares = purses.shares(draft.codes, draft.wanted)
    if shares is None:
        draft.stays(Why.NO_MONEY, no_money(draft.wanted, purses.most(draft.codes)))
        return
    purses.take(shares)
    prizes.count(draft.matter)
    draft.goes_over(Why.HAND_IN, shares, draft.wanted)


def _alike(rules: Rules, drafts: Sequence[Draft], prizes: Prizes, purses: Purses) -> None:
    """Everybody whom prizes let over; sums by hand are given whole, the others are cut alike."""
    chosen: list[Draft] = []
    waiting = [one for one in drafts if one.why is None]
    places: dict[tuple[str, int], list[Draft]] = {}
    for draft in waiting:
        places.setdefault((draft.ranked.list, draft.ranked.place), []).append(draft)
    for tied in places.values():
        for draft in within(rules, tied, prizes):
            prizes.count(draft.matter)
            chosen.append(draft)
    fixed = [one for one in chosen if one.change is not None and one.change.amount is not None]
    for draft in fixed:
        shares = purses.shares(draft.codes, draft.wanted)
        if shares is None:
            draft.stays(Why.NO_MONEY, no_money(draft.wanted, purses.most(draft.codes)))
        else:
            purses.take(shares)
            draft.goes_over(Why.RULE, shares, draft.wanted)
    held = {one.matter.key for one in fixed}
    share(rules, [one for one in chosen if one.matter.key not in held], purses)


def _outcome(rules: Rules, drafts: Sequence[Draft], purses: Purses, changes: Changes) -> Outcome:
    rows = tuple(row_of(rules, draft) for draft in drafts)
    pots = {
        pot.code: PotSum(pot.amount, pot.amount - purses.left[pot.code], purses.left[pot.code])
        for pot in rules.pots
    }
    return Outcome(
        rows=rows,
        pots=pots,
        asked=sum((row.asked for row in rows if row.asked is not None), NOTHING),
        given=sum((row.amount for row in rows), NOTHING),
        over=sum(row.is_over for row in rows),
        unmet=sum((_unmet(row) for row in rows), NOTHING),
        undecided=tuple(
            row.key for row in rows if row.why is Why.TIE and rules.at_line is AtLine.ASK
        ),
        unknown=tuple(sorted(changes.matters.keys() - {row.key for row in rows})),
    )


def _unmet(row: Row) -> Decimal:
    if row.counted is None or row.why not in _FOR_MONEY:
        return NOTHING
    return row.counted - row.amount
