"""What was decided of many matters at once, pressed in each of them: the sum, then the decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from opium.permissions import Actor
from procedures.definition import Stage, Transition
from procedures.desk import Desk, locked
from procedures.errors import ActionNotAvailable
from procedures.kinds.registry import flag, pots_of
from procedures.models import Case
from procedures.services.steps.performing import perform

NOTHING = Decimal("0.00")
KINDS = frozenset({"allocation", "recommendation", "decision"})
"""The kinds of stages that such a decision settles, wherever the matter stands among them."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision on one matter, with its number and day; no shares refuse it."""

    number: str
    day: date
    shares: Mapping[str, Decimal]
    """Pot code -> sum."""
    reason: str

    @property
    def amount(self) -> Decimal:
        return sum(self.shares.values(), NOTHING)


def carry_decision(*, actor: Actor, case: Case, decided: Decided) -> Case:
    """Press what the decision comes to until the matter is past it, in the caller's transaction.

    Each press is `perform`'s, with its rights and refusals. Raises `ActionNotAvailable` where the
    matter stands before those stages or past them, and what `perform` raises.
    """
    pressed: list[str] = []
    while (desk := Desk(locked(case))).case.is_open and desk.stage.kind in KINDS:
        if desk.case.stage in pressed:
            break
        pressed.append(desk.case.stage)
        way = _way(desk, decided)
        perform(
            actor=actor,
            case=desk.case,
            action=way.key,
            data=_data(desk.stage, way.outcome, decided),
            reason=decided.reason,
        )
    if not pressed:
        raise ActionNotAvailable(
            sentence=f"Sprawa stoi w etapie „{desk.case.stage_name}”, a decyzję wpisuje się przy "
            "podziale środków, rekomendacji albo decyzji. Doprowadź ją tam i ponów."
        )
    return desk.case


def _way(desk: Desk, decided: Decided) -> Transition:
    """What to press; a matter that gets less than it asked for is granted in part, if it can be."""
    for code in _outcomes(desk, decided):
        button = desk.look().button_on(code)
        if button is not None:
            return button[0]
    raise ActionNotAvailable(
        sentence=f"W etapie „{desk.stage.name}” nie ma drogi na takie rozstrzygnięcie. "
        "Zakończ tę sprawę ręcznie."
    )


def _outcomes(desk: Desk, decided: Decided) -> tuple[str, ...]:
    kind = desk.stage.kind
    if kind == "allocation":
        return ("allocated",) if decided.shares else ("none",)
    if kind == "recommendation":
        return ("recommended",) if decided.shares else ("not_recommended", "recommended")
    if not decided.shares:
        return ("refused",)
    asked = desk.look().requested_at(desk.stage)
    is_part = asked is not None and decided.amount < asked
    return ("partly", "granted") if is_part else ("granted",)


def _data(stage: Stage, outcome: str, decided: Decided) -> dict[str, Any]:
    if stage.kind == "allocation":
        return _sums(stage, decided) if outcome == "allocated" else {}
    if stage.kind == "recommendation":
        return {}
    told = {"numer": decided.number, "data": decided.day.isoformat()}
    gives = decided.shares and flag(stage, "with_amount")
    return {**told, **_sums(stage, decided)} if gives else told


def _sums(stage: Stage, decided: Decided) -> dict[str, str]:
    """As `kinds.money.amounts_asked` asks for them; raises where a sum has no question there."""
    codes = pots_of(stage)
    if strange := [code for code in decided.shares if code not in codes]:
        raise ActionNotAvailable(
            sentence=f"Przyznano środki z puli „{strange[0]}”, z której etap „{stage.name}” nie "
            "korzysta. Zakończ tę sprawę ręcznie."
        )
    if len(codes) == 1:
        return {"kwota": str(decided.amount)}
    return {
        f"kwota_{number}": str(decided.shares[code])
        for number, code in enumerate(codes, start=1)
        if code in decided.shares
    }
