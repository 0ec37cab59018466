"""Pots as the screens show them: with their figures, who disposes of them, what may be done."""

from collections.abc import Iterable
from dataclasses import dataclass

from budget.models import Pot
from budget.permissions import verbs_on_pot
from budget.selectors.figures import Figures, figures_of
from budget.selectors.pots import disposers_of
from opium.permissions import Actor


@dataclass(frozen=True, slots=True)
class PotShown:
    pot: Pot
    figures: Figures
    disposer: str
    """How people call who disposes of it; "" for the department itself."""
    can: list[str]


def shown(actor: Actor, pots: Iterable[Pot]) -> list[PotShown]:
    """The pots in their order; a number of queries that does not grow."""
    listed = list(pots)
    figures, disposers = figures_of([one.pk for one in listed]), disposers_of(listed)
    return [
        PotShown(one, figures[one.pk], disposers[one.pk], verbs_on_pot(actor, one))
        for one in listed
    ]
