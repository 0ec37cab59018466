"""The register: every application of every year that somebody watches, and what it came to."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from budget import selectors as budget
from budget.selectors import Figures
from modules.applications.models import Application, Call
from modules.applications.selectors.applications import OWNER
from modules.applications.selectors.calls import calls_visible_to
from modules.applications.selectors.charts import NO_KIND, Slice
from modules.applications.selectors.counting import HANDED_IN, WITHDRAWN
from opium.models import annotated
from opium.permissions import Actor
from procedures.selectors import case_list

if TYPE_CHECKING:
    from procedures.models import Case

SUMS = ("asked", "granted", "settled", "returned")
"""Which sums of the ledger each row of the register has; it is ordered and narrowed by them."""
UNSETTLED = Q(granted__gt=F("settled") + F("returned"))
"""Rows with money that was granted and is neither settled nor returned yet."""


def register_of(actor: Actor) -> "QuerySet[Case]":
    """Applications of every call that the actor watches, as far as they see them, newest first.

    Trials stand in no register. Each row has its `SUMS`.
    """
    seen = case_list.rows_visible_to(actor).filter(application__call__in=_calls(actor).values("pk"))
    whole = seen.select_related(
        "procedure", "applicant", "application__call__edition", "application__unit__kind"
    )
    return annotated(whole, **{name: budget.sum_of_owner(OWNER, name) for name in SUMS})


def _calls(actor: Actor) -> QuerySet[Call]:
    return calls_visible_to(actor).filter(is_test=False).order_by()


class Choice(NamedTuple):
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class RegisterChoices:
    """What the register can be narrowed by: the years and types of the calls that one watches."""

    years: list[int]
    procedures: list[Choice]


def register_choices(actor: Actor) -> RegisterChoices:
    """The newest year first, types in Polish order; one query."""
    known = calls_visible_to(actor).filter(is_test=False, edition__isnull=False)
    rows = list(
        known.order_by("procedure__sort_key").values_list("year", "procedure_id", "procedure__name")
    )
    return RegisterChoices(
        years=sorted({year for year, *_ in rows}, reverse=True),
        procedures=list(dict.fromkeys(Choice(pk, name) for _, pk, name in rows)),
    )


@dataclass(slots=True)
class Statistics(Slice):
    """Of the applications under one name: how many, and their money."""

    handed_in: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    whole: Statistics
    by_year: list[Statistics]
    """The oldest year first."""
    by_procedure: list[Statistics]
    by_kind: list[Statistics]
    """By kind of unit; these two the largest sum granted first."""


class _Cell(NamedTuple):
    """What the applications of one year, type and kind of unit have in common."""

    year: str
    procedure: str
    kind: str


@dataclass(slots=True)
class _Counted:
    handed_in: int = 0
    withdrawn: int = 0
    money: Figures = field(default_factory=Figures)


SEPARATOR = "\x1f"
KEY = Concat(
    Cast("call__year", CharField()),
    Value(SEPARATOR),
    F("call__procedure__name"),
    Value(SEPARATOR),
    Coalesce(F("unit__kind__name"), Value(NO_KIND)),
    output_field=CharField(),
)


def figures_of_register(cases: "QuerySet[Case]") -> RegisterFigures:
    """What these rows of the register come to; two queries, however many rows and years."""
    seen = Application.objects.filter(case__in=cases.order_by().values("pk"))
    cells: dict[str, _Counted] = defaultdict(_Counted)
    counted = (
        seen.order_by()
        .annotate(key=KEY)
        .values("key")
        .annotate(done=Count("pk", filter=HANDED_IN), gone=Count("pk", filter=WITHDRAWN))
        .values_list("key", "done", "gone")
    )
    for key, done, gone in counted:
        cells[key].handed_in, cells[key].withdrawn = done, gone
    group = seen.filter(case=OuterRef("owner_id")).annotate(key=KEY).values("key")
    for key, money in budget.figures_of_groups(OWNER, group).items():
        cells[key].money = money
    told = [(_Cell(*key.split(SEPARATOR)), one) for key, one in cells.items()]
    years = _by(told, lambda cell: cell.year)
    [whole] = _by(told, lambda _: "") or [Statistics("")]
    return RegisterFigures(
        whole=whole,
        by_year=sorted(years, key=lambda one: one.name),
        by_procedure=_largest(_by(told, lambda cell: cell.procedure)),
        by_kind=_largest(_by(told, lambda cell: cell.kind)),
    )


def _by(
    cells: Iterable[tuple[_Cell, _Counted]], name_of: Callable[[_Cell], str]
) -> list[Statistics]:
    found: dict[str, Statistics] = {}
    for cell, counted in cells:
        name = name_of(cell)
        one = found.setdefault(name, Statistics(name))
        one.handed_in += counted.handed_in
        one.withdrawn += counted.withdrawn
        for figure in SUMS:
            so_far = getattr(one.money, figure) + getattr(counted.money, figure)
            setattr(one.money, figure, so_far)
    return list(found.values())


def _largest(statistics: list[Statistics]) -> list[Statistics]:
    return sorted(statistics, key=lambda one: (-one.money.granted, -one.money.asked, one.name))
