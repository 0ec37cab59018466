"""A matter of the ranking while the line is being drawn, and the sentences of its side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from opium.polish import format_money, plural
from ranking.hand import Change
from ranking.matters import Matter
from ranking.ordering import Ranked
from ranking.outcomes import Row, Why
from ranking.purses import Shares
from ranking.rules import NOTHING, AtLine, Rules


@dataclass(slots=True, eq=False)
class Draft:
    ranked: Ranked
    number: int
    """Its number in the ranking, from one."""
    change: Change | None
    counted: Decimal | None
    codes: tuple[str, ...]
    """The pots that are for it."""
    is_over: bool = False
    why: Why | None = None
    sentence: str = ""
    shares: Shares = ()
    amount: Decimal = NOTHING

    @property
    def matter(self) -> Matter:
        return self.ranked.matter

    @property
    def wanted(self) -> Decimal:
        return NOTHING if self.counted is None else self.counted

    def goes_over(self, why: Why, shares: Shares, amount: Decimal) -> None:
        self.is_over, self.why, self.shares, self.amount = True, why, shares, amount
        self.sentence = "Przesunięto ręcznie nad linię." if why is Why.HAND_IN else ""

    def stays(self, why: Why, sentence: str) -> None:
        self.is_over, self.why, self.shares, self.amount = False, why, (), NOTHING
        self.sentence = sentence


def row_of(rules: Rules, draft: Draft) -> Row:
    ranked, change = draft.ranked, draft.change
    if draft.why is None:
        raise AssertionError("every matter has a side of the line")
    return Row(
        key=ranked.matter.key,
        list=ranked.list,
        place=ranked.place,
        tied=ranked.tied,
        is_over=draft.is_over,
        why=draft.why,
        sentence=draft.sentence,
        asked=ranked.matter.number(rules.asked) if rules.asked else None,
        counted=draft.counted,
        amount=draft.amount,
        shares=draft.shares,
        is_by_hand=change is not None,
        reason="" if change is None else change.reason,
    )


def no_money(amount: Decimal, left: Decimal) -> str:
    return f"Nie mieści się w puli: {format_money(amount)}, a zostało {format_money(left)}."


def tied_at(rules: Rules, what: str, tied: Sequence[Draft]) -> str:
    """Why equal ones are below; `what` says in what not all of them fit."""
    matters = plural(len(tied), "sprawa", "sprawy", "spraw")
    last = " Rozstrzygnij ręcznie." if rules.at_line is AtLine.ASK else ""
    return (
        f"Remis na linii: {matters} z tego samego miejsca, a nie wszystkie mieszczą się {what}."
        f"{last}"
    )
