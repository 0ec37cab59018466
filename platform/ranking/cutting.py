"""The water line: down the ranking, as long as there are prizes and money."""

from collections.abc import Sequence
from itertools import groupby

from ranking.amounts import in_steps
from ranking.counting import Prizes
from ranking.drafts import Draft, no_money, tied_at
from ranking.outcomes import Why
from ranking.purses import Purses, Shares
from ranking.rules import AtLine, Beyond, Rules


def cut(rules: Rules, drafts: Sequence[Draft], prizes: Prizes, purses: Purses) -> None:
    """Put each draft that has no side yet on its side, the money given as it goes.

    Equal ones are taken together: those who are crowded out by a limit or by the money share
    their fate, unless the rules say otherwise.
    """
    for _, group in groupby(_open(drafts), key=lambda one: (one.ranked.list, one.ranked.place)):
        tied = within(rules, list(group), prizes)
        for _, same in groupby(sorted(tied, key=lambda one: one.codes), lambda one: one.codes):
            _by_money(rules, list(same), prizes, purses)


def within(rules: Rules, tied: Sequence[Draft], prizes: Prizes) -> list[Draft]:
    """Those of equal ones whom the numbers of prizes let over; the others are put below."""
    if not rules.limits:
        return list(tied)
    fitting = []
    for draft in tied:
        if full := prizes.full(draft.matter):
            draft.stays(Why.LIMIT, full)
        else:
            fitting.append(draft)
    if rules.at_line is AtLine.ALL:
        return fitting
    crowded = prizes.crowded([one.matter for one in fitting])
    apart = [one for one in fitting if one.matter.key in crowded]
    for draft in apart:
        draft.stays(Why.TIE, tied_at(rules, "w liczbie nagród", apart))
    return [one for one in fitting if one.matter.key not in crowded]


def _open(drafts: Sequence[Draft]) -> list[Draft]:
    """Without side yet, equal ones of one list beside each other."""
    first: dict[tuple[str, int], int] = {}
    waiting = [one for one in drafts if one.why is None]
    for one in waiting:
        first.setdefault((one.ranked.list, one.ranked.place), one.number)
    return sorted(waiting, key=lambda one: (first[one.ranked.list, one.ranked.place], one.number))


def _by_money(rules: Rules, same: list[Draft], prizes: Prizes, purses: Purses) -> None:
    """Equal ones for whom the same pots are: all of them, or those whom the rules let."""
    codes = purses.open_for(same[0].codes)
    if not codes and same[0].codes:
        for draft in same:
            draft.stays(Why.STOPPED, "Środki skończyły się wyżej w rankingu.")
        return
    left = purses.most(codes)
    if rules.beyond is Beyond.SKIP:
        same = _without_too_dear(same, codes, purses)
    if _all_fit(same, codes, prizes, purses):
        return
    if not same:
        return
    part = in_steps(left, rules.step)
    if len(same) == 1 and rules.beyond is Beyond.PART and part >= max(rules.least, rules.step):
        _part(rules, same[0], codes, prizes, purses)
    elif all(purses.shares(codes, one.wanted) is None for one in same):
        for draft in same:
            draft.stays(Why.NO_MONEY, no_money(draft.wanted, left))
    else:
        for draft in same:
            draft.stays(Why.TIE, tied_at(rules, "w środkach", same))
    # Where it skips, only equal ones come here: who is lower does not jump over them either.
    purses.close(codes)


def _without_too_dear(same: list[Draft], codes: Sequence[str], purses: Purses) -> list[Draft]:
    fitting = []
    for draft in same:
        if purses.shares(codes, draft.wanted) is None:
            draft.stays(Why.NO_MONEY, no_money(draft.wanted, purses.most(codes)))
        else:
            fitting.append(draft)
    return fitting


def _all_fit(same: list[Draft], codes: Sequence[str], prizes: Prizes, purses: Purses) -> bool:
    """Give each its money; where one does not fit, nobody keeps any."""
    taken: list[tuple[Draft, Shares]] = []
    for draft in same:
        shares = purses.shares(codes, draft.wanted)
        if shares is None:
            for _, given in taken:
                purses.give_back(given)
            return False
        purses.take(shares)
        taken.append((draft, shares))
    for draft, shares in taken:
        draft.goes_over(Why.RULE, shares, draft.wanted)
        prizes.count(draft.matter)
    return True


def _part(rules: Rules, draft: Draft, codes: Sequence[str], prizes: Prizes, purses: Purses) -> None:
    """What is left, in whole steps."""
    amount = min(draft.wanted, in_steps(purses.most(codes), rules.step))
    shares = purses.shares(codes, amount)
    if shares is None:
        raise AssertionError("a part of what is left fits into what is left")
    purses.take(shares)
    draft.goes_over(Why.RULE, shares, amount)
    draft.sentence = "Część kwoty: tyle zostało w puli."
    prizes.count(draft.matter)
