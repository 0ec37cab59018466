"""Applications as a file, of a call or of the register: as the screen shows them, filtered."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

from django.db import transaction

from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.models import Application, Call
from modules.applications.permissions import Permission
from modules.applications.selectors import applications_of, register_of
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
REGISTER = (
    *COLUMNS[:3],
    Column("Rodzaj jednostki", width=25, id="kind"),
    Column("Rok", Kind.INTEGER, id="year"),
    Column("Rodzaj wniosku", width=35, id="procedure"),
    Column("Nabór", width=40, id="call"),
    *COLUMNS[4:],
    Column("Wnioskowano", Kind.MONEY, 18, id="asked"),
    Column("Przyznano", Kind.MONEY, 18, id="granted"),
    Column("Rozliczono", Kind.MONEY, 18, id="settled"),
    Column("Zwrócono", Kind.MONEY, 18, id="returned"),
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


@transaction.atomic
def export_register(
    *, actor: Actor, cases: "QuerySet[Case]", query: Mapping[str, object]
) -> IO[bytes]:
    """These rows of the register as an xlsx, packed in memory; an entry of the log.

    What the actor may not see is left out; `query` says in the log how it was narrowed.
    """
    require(actor, Permission.VIEW_CALLS)
    rows = register_of(actor).filter(pk__in=cases.order_by().values("pk"))
    return audit.write_list(
        actor=actor,
        deed=Deed.EXPORT_REGISTER,
        right=Permission.VIEW_CALLS,
        model=Application,
        query=query,
        columns=REGISTER,
        rows=_register_cells(rows.order_by(*cases.query.order_by).iterator(chunk_size=AT_ONCE)),
        name="Rejestr wniosków",
        frozen=2,
    )


def _register_cells(rows: "Iterator[Any]") -> Iterator[Sequence[Cell]]:
    for case in rows:
        told = case.application
        [plain] = _cells(iter([case]))
        yield (
            *plain[:3],
            told.unit.kind.name if told.unit else "",
            told.call.year,
            case.procedure.name,
            told.call.announced_title,
            *plain[4:],
            case.asked,
            case.granted,
            case.settled,
            case.returned,
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
