"""What was submitted and written in matters, as the files of a ZIP: verbs that ask for no right.

A part is plain JSON, so that it can be told to the background: `what` and `when` for people, the
`matter` and the `group` that its name begins with, and either the `page` to be drawn or the id of
a `file` with its `name`.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from documents import pdf
from files import services as files
from files.selectors import files_by_id
from files.services import ArchiveEntry
from forms.selectors import in_blocks, sheets_of
from forms.services import entrusted as forms
from opium.polish import format_date, format_moment
from procedures.desk import APPLICATION
from procedures.models import Case, Letter
from procedures.waits import OWNER
from spreadsheets.writing import Column, Link, write_table

if TYPE_CHECKING:
    from files.models import File
    from forms.models import Sheet

PACKAGE = "procedures.package"
"""What the ZIP of a whole matter is made for; it is about the case."""
Part = dict[str, Any]
INDEX = "00 - Spis dokumentów.xlsx"
COLUMNS = (
    Column("Plik", width=70),
    Column("Sprawa", width=50),
    Column("Co to jest", width=50),
    Column("Z kiedy", width=20),
)
AT_ONCE = 50
"""Parts whose files are looked up together."""


def application_parts(cases: Collection[UUID]) -> Iterator[Part]:
    """Of each case what its applicant submitted, the files with it, and the letters; as it comes.

    The cases in the order of their signs and titles.
    """
    for case in Case.objects.filter(pk__in=cases).order_by("sign", "title", "pk"):
        told = {"matter": str(case), "group": " - ".join(filter(None, (str(case), case.unit_name)))}
        for sheet in sheets_of(OWNER, [case.pk]):
            if sheet.purpose == APPLICATION:
                for part in sheet_parts(sheet, sheet.form.name):
                    yield {**part, **told}
        for part in letter_parts(Letter.objects.filter(case=case).values_list("pk", flat=True)):
            yield {**part, **told}


def sheet_parts(sheet: "Sheet", title: str) -> Iterator[Part]:
    """Each submitted version, and the files that came with it first."""
    told: set[UUID] = set()
    for version, drawn, attached in forms.printed_versions(sheet):
        when = format_moment(version.submitted_at)
        yield {"what": f"{title} - wersja {version.number}", "when": when, "page": drawn}
        for one in attached:
            if one.pk not in told:
                told.add(one.pk)
                yield file_part(f"Załącznik - {title}", when, one)


def letter_parts(letters: Iterable[UUID]) -> Iterator[Part]:
    """Those that are drawn up, the oldest first."""
    ready = Letter.objects.filter(pk__in=letters, state=Letter.State.READY)
    for letter in ready.select_related("revision__template", "pdf").order_by("issued_on", "number"):
        if letter.pdf is not None:
            what, when = f"Pismo - {letter}", format_date(letter.issued_on)
            yield {**file_part(what, when, letter.pdf), "is_named": True}


def file_part(what: str, when: str, file: "File") -> Part:
    return {"what": what, "when": when, "file": str(file.pk), "name": file.name}


def packed(parts: Iterable[Part]) -> Iterator[bytes]:
    """A ZIP in pieces, each part under a telling name, with a list of them that links to each."""
    names = files.Names()
    names.unique(INDEX)
    rows: list[tuple[Any, ...]] = []

    def entries() -> Iterator[ArchiveEntry]:
        for some in in_blocks(parts, AT_ONCE):
            found = files_by_id([UUID(one["file"]) for one in some if "file" in one])
            for one in some:
                name = names.unique(_name(one))
                content = pdf.draw(one["page"]) if "page" in one else found.get(UUID(one["file"]))
                if content is not None:
                    rows.append((Link(name, name), one["matter"], one["what"], one["when"]))
                    yield ArchiveEntry(name, content)
        yield ArchiveEntry(INDEX, write_table(COLUMNS, rows, name="Spis dokumentów", frozen=1))

    return files.stream_archive(entries())


def _name(part: Part) -> str:
    """`03 - Pismo - Wezwanie 1-2026.pdf`: told apart by what it is; a file keeps its own name."""
    if "page" in part:
        return files.archive_name(part["group"], part["what"], extension="pdf")
    stem, dot, extension = part["name"].rpartition(".")
    if not dot:
        stem, extension = extension, ""
    own = "" if part.get("is_named") else stem
    return files.archive_name(part["group"], part["what"], own, extension=extension)
