"""The money of a call as pictures tell it: by kind of unit, and beside its earlier years."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import OuterRef

from budget import selectors as budget
from budget.selectors import Figures
from modules.applications.models import Application, Call
from modules.applications.selectors.applications import OWNER, money_of
from modules.applications.selectors.calls import calls_visible_to
from opium.permissions import Actor
from procedures.selectors import case_list
from units.selectors import unit_facts

NO_KIND = "bez jednostki"


@dataclass(slots=True)
class Slice:
    """One bar: what was asked and granted under that name."""

    name: str
    money: Figures = field(default_factory=Figures)


@dataclass(frozen=True, slots=True)
class Charts:
    by_kind: list[Slice]
    """By kind of unit, the largest sum asked first."""
    by_year: list[Slice]
    """Of every call of the same procedure that the actor sees, the oldest year first."""


def charts_of(actor: Actor, call: Call) -> Charts:
    """As far as the actor sees the cases and the calls; a number of queries that stays."""
    return Charts(_by_kind(actor, call), _by_year(actor, call))


def _by_kind(actor: Actor, call: Call) -> list[Slice]:
    seen = case_list.cases_visible_to(actor).filter(application__call=call).order_by()
    asked = Application.objects.filter(case=OuterRef("owner_id"), case__in=seen.values("pk"))
    money = budget.figures_of_groups(OWNER, asked.values("case"))
    units = dict(Application.objects.filter(case__in=money).values_list("case_id", "unit_id"))
    facts = unit_facts({unit for unit in units.values() if unit is not None})
    found: dict[str, Slice] = {}
    for case, figures in money.items():
        unit = units.get(case)
        name = facts.get(unit, {}).get("kind_name", "") if unit is not None else ""
        one = found.setdefault(name or NO_KIND, Slice(name or NO_KIND))
        _add(one.money, figures)
    return sorted(found.values(), key=lambda one: (-one.money.asked, one.name))


def _by_year(actor: Actor, call: Call) -> list[Slice]:
    calls = calls_visible_to(actor).filter(procedure=call.procedure_id, is_test=False)
    years = dict(calls.order_by().values_list("pk", "year"))
    found: dict[int, Figures] = defaultdict(Figures)
    for pk, figures in money_of(actor, list(years)).items():
        _add(found[years[pk]], figures)
    return [Slice(str(year), found[year]) for year in sorted(set(years.values()))]


def _add(total: Figures, more: Figures) -> None:
    total.asked += more.asked
    total.granted += more.granted
    total.returned += more.returned
