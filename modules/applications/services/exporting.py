"""The applications of a call as a file: what the screen shows, as filtered and ordered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING

from django.db import transaction

from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.models import Call
from modules.applications.permissions import Permission
from modules.applications.selectors import applications_of
from opium.models import AT_ONCE
from opium.permissions import Actor, require
from spreadsheets.writing import Cell, Column, Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from procedures.models import Case

COLUMNS = (
    Column("Znak", id="application"),
    Column("Tytuł", width=50, id="application"),
    Column("Jednostka", width=25, id="unit"),
    Column("Tura", id="round"),
    Column("Etap", width=30, id="stage"),
    Column("Stan", id="stage"),
    Column("Wynik", id="stage"),
    Column("Na kogo czeka", width=30, id="mover"),
    Column("Termin", Kind.DATETIME, id="due"),
    Column("Złożono", Kind.DATETIME, id="submitted"),
)


@transaction.atomic
def export_applications(
    *, actor: Actor, call: Call, cases: "QuerySet[Case]", query: Mapping[str, object]
) -> IO[bytes]:
    """The call's applications as an xlsx, packed in memory; an entry of the log.

    What the actor may not see is left out; `query` says in the log how the list was narrowed.
    """
    require(actor, Permission.VIEW_CALLS, call)
    rows = applications_of(actor, call).filter(pk__in=cases.order_by().values("pk"))
    return audit.write_list(
        actor=actor,
        deed=Deed.EXPORT_APPLICATIONS,
        right=Permission.VIEW_CALLS,
        model=call,
        query=query,
        columns=COLUMNS,
        rows=_cells(rows.order_by(*cases.query.order_by).iterator(chunk_size=AT_ONCE)),
        name="Wnioski",
        frozen=2,
    )


def _cells(rows: "Iterator[Case]") -> Iterator[Sequence[Cell]]:
    for case in rows:
        yield (
            case.sign,
            case.title,
            case.unit_name or (case.applicant.display_name if case.applicant else ""),
            case.application.round,
            case.stage_name if case.is_from_office else case.public_name,
            case.get_state_display(),
            case.get_meaning_display() if case.meaning else "",
            ", ".join(dict.fromkeys(filter(None, case.waited_for))),
            case.due_at,
            case.application.submitted_at,
        )
