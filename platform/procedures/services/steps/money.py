"""What the steps of a case book in the pots, in the step's own transaction.

A case's money is what its last granting stage said. The procedure decides who may take the step;
so the platform books, and the ledger names whoever pressed. The key of every deed begins with the
number of its event, by which undoing the step finds what to take back.

A trial books nothing at all: an entry could never be removed again.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from uuid import UUID

from budget import services as budget
from budget.dividing import divide
from budget.selectors import held_by, pots_by_code, pots_of_ids
from budget.services import Share, State
from opium.permissions import SYSTEM, Actor
from opium.polish import format_money
from procedures.definition import Stage
from procedures.kinds import KINDS, NotPossible
from procedures.kinds.changes import Change, Granted, MoneySettled, Released
from procedures.kinds.registry import pots_of
from procedures.models import Case
from procedures.services.steps import stages
from procedures.waits import OWNER

if TYPE_CHECKING:
    from procedures.desk import Desk

NOTHING = Decimal(0)
P = ParamSpec("P")


def _of_no_trial(
    deed: Callable[Concatenate["Desk", P], None],
) -> Callable[Concatenate["Desk", P], None]:
    @wraps(deed)
    def done(desk: "Desk", /, *args: P.args, **kwargs: P.kwargs) -> None:
        if not desk.case.is_trial:
            deed(desk, *args, **kwargs)

    return done


@_of_no_trial
def book(desk: "Desk", change: Change, *, by: Actor, reason: str) -> None:
    """Book what the kind has decided; nothing for a change that is not about money.

    Raises `NotPossible`, and the budget's `PotUnknown`, `PotOverdrawn`, `MoreThanHeld`.
    """
    match change:
        case Granted(shares=shares):
            _grant(desk, dict(shares), by, reason)
        case Released():
            release(desk, "refused", by=by, reason=reason)
        case MoneySettled(settled=settled, returned=returned):
            _settle(desk, settled, returned, by, reason)
        case _:
            pass


@_of_no_trial
def ask(desk: "Desk", *, by: Actor) -> None:
    """Book what the submitted application asks for, on the first pot of the stage that grants."""
    look = desk.look()
    for stage in _granting(desk):
        requested = look.requested_at(stage)
        if requested is not None:
            code = pots_of(stage)[0]
            pot = pots_by_code([code], desk.budget_year(stage))[code]
            budget.ask(
                actor=SYSTEM,
                subject=desk.subject,
                shares=[Share(pot, requested)],
                key=_key(desk, "ask"),
                made_by=by,
            )
            return


@_of_no_trial
def entered(desk: "Desk", before: Mapping[str, Any], *, by: Actor, reason: str = "") -> None:
    """Release what the case should no longer hold where it has just come to.

    `before` is `Case.entered` before it came. A case that goes back takes back what was granted in
    the stages that it goes back over; the end of a matter takes back all that it does not give, and
    where it is withdrawn what it asked for too.
    """
    undone = stages.gone_back_over(before, desk.case.stage)
    if not desk.case.is_open:
        _close(desk, by, reason)
    elif any(stage.key in undone for stage in _granting(desk)):
        release(desk, "again", by=by, reason=reason)


@_of_no_trial
def moved(desk: "Desk", *, by: Actor) -> None:
    """Release what a case holds that was moved to where it is yet to be granted."""
    if not desk.case.is_open:
        _close(desk, by, "")
        return
    keys = [stage.key for stage in desk.procedure.stages]
    here = keys.index(desk.case.stage)
    if any(keys.index(stage.key) >= here for stage in _granting(desk)):
        release(desk, "moved", by=by)


@_of_no_trial
def release(
    desk: "Desk",
    why: str,
    *,
    by: Actor,
    reason: str = "",
    of: tuple[State, ...] = (State.RESERVED, State.GRANTED),
) -> None:
    """Give back to the pots what the case holds and has not spent."""
    budget.release(
        actor=SYSTEM,
        subject=desk.subject,
        key=_key(desk, why),
        of=of,
        reason=reason,
        made_by=by,
    )


@_of_no_trial
def take_back(desk: "Desk", event: int, *, by: Actor) -> None:
    """Undo everything that the event has booked. Raises `PotOverdrawn`, `MoreThanHeld`."""
    budget.take_back(
        actor=SYSTEM,
        subject=desk.subject,
        keys_from=f"{event}:",
        key=_key(desk, "undo"),
        made_by=by,
    )


def _grant(desk: "Desk", shares: Mapping[str, Decimal], by: Actor, reason: str) -> None:
    """Let the case have these sums and no others; what it has spent already is a part of them."""
    pots = pots_by_code(list(shares), desk.budget_year(desk.stage))
    wanted = {pots[code].pk: amount for code, amount in shares.items()}
    if {pk: amount for pk, amount in _granted(desk).items() if amount} == wanted:
        release(desk, "unused", by=by, reason=reason, of=(State.RESERVED,))
        return
    release(desk, "replaced", by=by, reason=reason, of=(State.GRANTED,))
    spent = _granted(desk)
    for pk, amount in spent.items():
        if amount > wanted.get(pk, NOTHING):
            raise NotPossible(
                f"Z przyznanych środków wydano już {format_money(amount)}, więc nie można "
                "przyznać mniej. Popraw kwotę."
            )
    more = [
        Share(pot, shares[code] - spent.get(pot.pk, NOTHING))
        for code, pot in pots.items()
        if shares[code] > spent.get(pot.pk, NOTHING)
    ]
    if more:
        budget.grant(
            actor=SYSTEM,
            subject=desk.subject,
            shares=more,
            key=_key(desk, "grant"),
            reason=reason,
            made_by=by,
        )
    release(desk, "unused", by=by, reason=reason, of=(State.RESERVED,))


def _granted(desk: "Desk") -> dict[UUID, Decimal]:
    """Pot -> what the case was granted there and has not returned."""
    return {pk: one.granted - one.returned for pk, one in held_by(OWNER, desk.case.pk).items()}


def _settle(desk: "Desk", settled: Decimal, returned: Decimal, by: Actor, reason: str) -> None:
    """Divide both sums among the pots as the grant is divided, to the grosz."""
    held = {
        pk: one.granted - one.returned
        for pk, one in held_by(OWNER, desk.case.pk).items()
        if one.granted > one.returned
    }
    for name, amount, verb in (
        ("settle", settled, budget.settle),
        ("return", returned, budget.take_return),
    ):
        if amount:
            verb(
                actor=SYSTEM,
                subject=desk.subject,
                shares=_divided(amount, held),
                key=_key(desk, name),
                reason=reason,
                made_by=by,
            )


def _divided(amount: Decimal, held: Mapping[UUID, Decimal]) -> list[Share]:
    pots = pots_of_ids(held)
    shares = divide(amount, [held[pot.pk] for pot in pots])
    return [Share(pot, share) for pot, share in zip(pots, shares, strict=True) if share]


def _close(desk: "Desk", by: Actor, reason: str) -> None:
    is_given = desk.case.meaning == Case.Meaning.POSITIVE
    of = (State.RESERVED,) if is_given else (State.RESERVED, State.GRANTED)
    release(desk, "closed", by=by, reason=reason, of=of)
    if desk.case.meaning == Case.Meaning.WITHDRAWN:
        key = _key(desk, "unasked")
        budget.ask(actor=SYSTEM, subject=desk.subject, shares=[], key=key, made_by=by)


def _granting(desk: "Desk") -> list[Stage]:
    """The stages that draw on pots, in the procedure's order, each with those of the case."""
    return [
        drawing
        for stage in desk.procedure.stages
        if KINDS[stage.kind].draws_on_pots and pots_of(drawing := desk.drawing(stage))
    ]


def _key(desk: "Desk", deed: str) -> str:
    return f"{desk.next_number}:{deed}"
