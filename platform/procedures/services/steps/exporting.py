"""The list of cases as a file: what the screen shows, as filtered and ordered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from audit import services as audit
from opium.models import AT_ONCE
from opium.permissions import Actor
from procedures.deeds import Deed
from procedures.models import Case
from procedures.pages import BallShown
from procedures.permissions import Permission
from procedures.selectors.case_list import cases_visible_to, with_ball, with_sides
from spreadsheets.writing import Cell, Column, Kind

COLUMNS = (
    Column("Znak", id="case"),
    Column("Tytuł", width=50, id="case"),
    Column("Procedura", width=30, id="case"),
    Column("Jednostka", width=25, id="unit"),
    Column("Etap", width=30, id="stage"),
    Column("Stan", id="stage"),
    Column("Wynik", id="stage"),
    Column("Na kogo czeka", width=30, id="mover"),
    Column("Od kiedy", Kind.DATETIME, id="mover"),
    Column("Termin", Kind.DATETIME, id="due"),
    Column("Założono", Kind.DATETIME, id="opened"),
    Column("Zakończono", Kind.DATETIME, id="closed"),
)


@transaction.atomic
def export_cases(*, actor: Actor, cases: QuerySet[Case], query: Mapping[str, object]) -> IO[bytes]:
    """The cases as an xlsx, packed in memory; an entry of the log.

    What the actor may not see is left out; `query` says in the log how the list was narrowed.
    """
    cases = cases.filter(pk__in=cases_visible_to(actor).values("pk"))
    rows = with_sides(actor, with_ball(cases)).iterator(chunk_size=AT_ONCE)
    return audit.write_list(
        actor=actor,
        deed=Deed.EXPORT_CASES,
        right=Permission.VIEW_CASES,
        model=Case,
        query=query,
        columns=COLUMNS,
        rows=_cells(rows),
        name="Sprawy",
        frozen=2,
    )


def _cells(rows: Iterator[Case]) -> Iterator[Sequence[Cell]]:
    for case in rows:
        yield (
            case.sign,
            case.title,
            case.procedure.name,
            case.unit_name,
            case.stage_name if case.is_from_office else case.public_name,
            case.get_state_display(),
            case.get_meaning_display() if case.meaning else "",
            ", ".join(BallShown.of(case).who),
            case.ball_since,
            case.due_at,
            case.opened_at,
            case.closed_at,
        )
