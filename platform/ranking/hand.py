"""Changes by hand: a sum, or a side of the line, each with its reason; and a line moved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from forms.definition.members import Members
from forms.definition.model import Fault
from forms.definition.places import Place
from opium.errors import FieldError
from opium.polish import format_money
from ranking import naming
from ranking.errors import ChangesFaulty
from ranking.matters import Matter
from ranking.rules import GROSZ, NOTHING, Rules

MOST_CHANGES = 5_000
MOST_REASON = 1_000
SIDES = {"in": True, "out": False}


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise than the rules say with one matter."""

    reason: str
    amount: Decimal | None = None
    is_over: bool | None = None
    """None: the rules decide on which side it is."""


@dataclass(frozen=True, slots=True)
class Changes:
    matters: Mapping[str, Change] = field(default_factory=dict)
    line: int | None = None
    """After how many of the ranking the line was put by hand; None: where the rules put it."""
    line_reason: str = ""


def read_changes(document: object, matters: Iterable[Matter], rules: Rules) -> Changes:
    """The changes that a document says: {"matters": {key: {"amount", "side", "reason"}}, "line"}.

    What is about no matter of these is kept, for a matter may come back. Raises `ChangesFaulty`
    with every fault: an unknown member, a reason that lacks, a sum above what was asked for.
    """
    faults: list[Fault] = []
    root = Members(document, Place("", "Ręczne zmiany"), faults)
    found = root.take("matters", {})
    if not isinstance(found, dict) or len(found) > MOST_CHANGES:
        root.fault("matters", f"Tu ma być obiekt: sprawa i jej zmiana, najwyżej {MOST_CHANGES}.")
        found = {}
    known = {one.key: one for one in matters}
    read = {
        str(key): _change(value, str(key), known.get(str(key)), rules, faults)
        for key, value in found.items()
    }
    line, line_reason = _line(root, faults)
    root.nothing_else()
    if faults:
        raise ChangesFaulty(
            errors=[FieldError(one.path, f"{one.where}: {one.sentence}") for one in faults]
        )
    return Changes(read, line, line_reason)


def _line(root: Members, faults: list[Fault]) -> tuple[int | None, str]:
    document = root.take("line", None)
    if document is None:
        return None, ""
    members = Members(document, root.place.down("line", called="linia"), faults)
    clean = len(faults)
    after, reason = members.count("after"), _reason(members)
    if after is None and len(faults) == clean:
        members.fault("after", "Podaj, po ilu sprawach rankingu ma przebiegać linia.")
    members.nothing_else()
    return after, reason


def _change(
    document: Any, key: str, matter: Matter | None, rules: Rules, faults: list[Fault]
) -> Change:
    place = Place("", "Ręczne zmiany").down("matters", key, called=f"sprawa {key[:60]}")
    members = Members(document, place, faults)
    clean = len(faults)
    amount, side = naming.optional_number(members, "amount"), members.take("side", None)
    reason = _reason(members)
    if side is not None and not (isinstance(side, str) and side in SIDES):
        members.fault("side", "Strona linii to „in” (nad linią) albo „out” (pod linią).")
    if amount is None and side is None and len(faults) == clean:
        members.fault("", "Podaj kwotę albo stronę linii; pustą zmianę usuń.")
    if amount is not None:
        _check_amount(amount, members, matter, rules)
    members.nothing_else()
    if amount is not None:
        amount = amount.quantize(GROSZ)
    return Change(reason, amount, SIDES.get(side) if isinstance(side, str) else None)


def _check_amount(amount: Decimal, members: Members, matter: Matter | None, rules: Rules) -> None:
    asked = matter.number(rules.asked) if matter is not None and rules.asked else None
    if not NOTHING < amount <= naming.MOST_MONEY or amount != amount.quantize(GROSZ):
        members.fault("amount", "Kwota ma być większa od zera i w pełnych groszach.")
    elif asked is not None and amount > asked:
        members.fault(
            "amount",
            f"Kwota {format_money(amount)} jest wyższa niż wnioskowana ({format_money(asked)}).",
        )


def _reason(members: Members) -> str:
    reason = members.text("reason").strip()
    if not reason or len(reason) > MOST_REASON:
        members.fault("reason", f"Podaj powód zmiany, najwyżej {MOST_REASON} znaków.")
    return reason
