"""Taking the answers out: the status table, and everything in one archive."""

from collections.abc import Iterator, Mapping
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from audit import services as audit
from files import services as files
from files.services import ArchiveEntry
from modules.messaging import selectors
from modules.messaging.deeds import Deed
from modules.messaging.models import AnswerFile, Delivery, Message
from modules.messaging.permissions import Permission
from opium.permissions import Actor
from spreadsheets.writing import Cell, Column, Kind, Link, write_table

INDEX = "index.xlsx"

STATUS_COLUMNS = (
    Column("Adresat", id="recipient"),
    Column("Pełna nazwa", width=50, id="recipient"),
    Column("Doręczono", Kind.DATETIME, id="delivered"),
    Column("Otwarto", Kind.DATETIME, id="opened"),
    Column("Otworzył(a)", id="opened"),
    Column("Liczba otwarć", Kind.INTEGER, id="opened"),
    Column("Ponaglono", Kind.DATETIME, id="answer"),
    Column("Odpowiedź", Kind.DATETIME, id="answer"),
    Column("Wersja", Kind.INTEGER, id="answer"),
    Column("Po terminie", id="answer"),
    Column("Treść odpowiedzi", width=50, id="answer"),
    Column("Uwaga do arkusza", width=50, id="answer"),
    Column("Wpisane w imieniu", width=60, id="answer"),
)


@transaction.atomic
def export_status(
    *,
    actor: Actor,
    message: Message,
    deliveries: QuerySet[Delivery],
    query: Mapping[str, object],
) -> IO[bytes]:
    """Rows of `selectors.deliveries_of`, filtered and ordered as the screen has them, as xlsx.

    Raises `NotFound` for whoever does not see the message; rows of another one are left out.
    """
    seen = selectors.deliveries_of(actor, message)
    rows = _status(deliveries.filter(pk__in=seen.order_by().values("pk")))
    return audit.write_list(
        actor=actor,
        deed=Deed.EXPORT_STATUS,
        right=Permission.VIEW_MESSAGES,
        model=message,
        query=query,
        columns=(*STATUS_COLUMNS, Column("Pliki", width=50, id="files")),
        rows=((*cells, "; ".join(one.file.name for one in given)) for cells, given in rows),
        name="Status",
    )


@transaction.atomic
def archive_answers(*, actor: Actor, message: Message) -> Iterator[bytes]:
    """A ZIP of every file of the newest answers, in pieces, in constant memory.

    Files are called `<recipient> - <subject> - <own name>`; `index.xlsx`, the first, lists every
    recipient, the silent ones too, with links to its files. Raises `NotFound` for whoever does
    not see the message.
    """
    names = files.Names()
    names.unique(INDEX)
    table: list[tuple[Cell, ...]] = []
    entries: list[ArchiveEntry] = []
    for cells, given in _status(selectors.deliveries_of(actor, message)):
        for one in given:
            name = names.unique(_name(str(cells[0]), message, one))
            entries.append(ArchiveEntry(name, one.file))
            table.append((*cells, Link(name, name)))
        if not given:
            table.append((*cells, None))
    audit.record(
        actor=actor,
        deed=Deed.ARCHIVE_ANSWERS,
        right=Permission.VIEW_MESSAGES,
        target=message,
        after={"export": "archive", "files": len(entries)},
    )
    columns = (*STATUS_COLUMNS, Column("Plik", width=60))
    index = ArchiveEntry(INDEX, write_table(columns, table, name="Odpowiedzi", frozen=1))
    return files.stream_archive([index, *entries])


def answer_file_name(answer_file: AnswerFile) -> str:
    """What the file is called when it is taken out alone: as in the archive."""
    delivery = answer_file.answer.delivery
    return _name(delivery.recipient_name, delivery.message, answer_file)


def _name(recipient: str, message: Message, answer_file: AnswerFile) -> str:
    stem, dot, extension = answer_file.file.name.rpartition(".")
    if not dot:
        stem, extension = extension, ""
    return files.archive_name(recipient, message.subject, stem, extension=extension)


def _status(
    deliveries: QuerySet[Delivery],
) -> Iterator[tuple[tuple[Cell, ...], list[AnswerFile]]]:
    """Each row's cells under `STATUS_COLUMNS`, and the files of its newest answer."""
    for row in selectors.with_files(deliveries):
        answer = row.newest
        opener = row.first_opened_by
        cells: tuple[Cell, ...] = (
            row.recipient_name,
            row.unit.name if row.unit is not None else row.recipient_name,
            row.delivered_at,
            row.first_opened_at,
            opener.display_name if opener else None,
            row.openings,
            row.reminded_at,
            row.answered_at,
            row.answer_version or None,
            bool(row.late),
            answer.text if answer else None,
            answer.problem if answer else None,
            (answer.entered_for(row.recipient_name) or None) if answer else None,
        )
        yield cells, selectors.files_of(answer)
