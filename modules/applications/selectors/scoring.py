"""How far a member of a committee is in each call, and which application comes next."""

from dataclasses import dataclass
from uuid import UUID

from modules.applications.models import INTAKE
from opium.permissions import Actor
from procedures.selectors import scored_by


@dataclass(slots=True)
class Scoring:
    """One call in which somebody scores; only what they themselves score is counted."""

    call_id: UUID
    title: str
    total: int = 0
    done: int = 0
    next: UUID | None = None
    """The case to score next: the one with the fewest scores, of those the one longest there."""


def scorings_of(actor: Actor) -> list[Scoring]:
    """The calls in which the actor has something to score, or has scored; one query besides theirs.

    An application from which somebody is excluded is in none of their numbers.
    """
    scored = scored_by(actor).filter(intake=INTAKE).select_related("application__call__edition")
    found: dict[UUID, Scoring] = {}
    for case in sorted(scored, key=lambda one: (one.scores, one.opened_at)):
        call = case.application.call
        one = found.setdefault(call.pk, Scoring(call.pk, call.announced_title))
        one.total += 1
        if case.is_scored:
            one.done += 1
        elif one.next is None:
            one.next = case.pk
    return sorted(found.values(), key=lambda one: one.title)
