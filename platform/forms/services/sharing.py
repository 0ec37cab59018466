"""Forms as files: json between cities, xlsx (one row a question) from a workbook that one has."""

import json
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from django.db import transaction

from accounts.permissions import require_any
from audit import services as audit
from files import services as files
from forms import selectors
from forms.deeds import Deed
from forms.definition import Definition, Unreadable, write
from forms.errors import FormFileUnknown, FormUnreadable
from forms.models import Form
from forms.permissions import Permission
from forms.plain import LARGEST, flaw
from forms.services.drafting import LONGEST_NAME, add_form
from forms.tabular import definition_from_rows, definition_to_rows
from opium.errors import FieldError
from opium.permissions import WHOLE_CITY, Actor, require
from spreadsheets import briefly
from spreadsheets.writing import Column, write_table

if TYPE_CHECKING:
    from files.models import File

Ending = Literal["xlsx", "json"]
KIND = "opium.form"
MOST_ROWS = 5000


@transaction.atomic
def import_form(*, actor: Actor, file_id: UUID) -> Form:
    """A form of its own from the actor's upload: json as `export_form` writes it, or a workbook.

    What can be read but not yet published (a wrong condition) comes in as a draft with its
    problems. Raises `FormUnreadable` with every fault, `FormFileUnknown`, the refusals of
    `spreadsheets.briefly` and `files.services.claim`.
    """
    require(actor, Permission.MANAGE_FORMS, WHOLE_CITY)
    [file] = files.claim(actor=actor, files=[file_id])
    if file.name.lower().endswith(".json"):
        given = _document(file)
    else:
        given = {"definition": write(_from_workbook(file))}
    document = given["definition"]
    name = str(given.get("name") or document.get("title") or file.name.rpartition(".")[0])
    files.discard(file=file)
    form = add_form(
        actor=actor,
        name=name.strip()[:LONGEST_NAME] or "Formularz",
        description=str(given.get("description") or ""),
        definition=document,
    )
    audit.record(
        actor=actor,
        deed=Deed.IMPORT_FORM,
        right=Permission.MANAGE_FORMS,
        target=form,
        after={"file": file.name},
    )
    return form


@transaction.atomic
def export_form(
    *, actor: Actor, form: Form, as_: Ending = "json", revision: int | None = None
) -> bytes:
    """The draft, or a published revision, as a file that `import_form` of any city reads.

    The log says who has taken it out.
    Raises `UnknownRevision`, and `FormUnreadable` for a draft that cannot be read.
    """
    right = require_any(actor, (Permission.VIEW_FORMS, Permission.MANAGE_FORMS), form)
    document = form.draft if revision is None else selectors.revision_of(form, revision).definition
    audit.record(
        actor=actor,
        deed=Deed.EXPORT_FORM,
        right=right,
        target=form,
        after={"as": as_, "revision": revision},
    )
    if as_ == "json":
        whole = {
            "kind": KIND,
            "name": form.name,
            "description": form.description,
            "definition": document,
        }
        return json.dumps(whole, ensure_ascii=False, indent=2).encode()
    header, *rows = definition_to_rows(selectors.readable(document))
    columns = [Column(title) for title in header]
    return write_table(columns, rows, name="Pytania", frozen=1)


def _document(file: "File") -> dict[str, Any]:
    """The envelope of `export_form`, or a bare definition document in one of our own making."""
    content = b"".join(files.read_chunks(file)) if file.size <= LARGEST else b""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise FormFileUnknown(name=file.name) from wrong
    if not isinstance(found, dict):
        raise FormFileUnknown(name=file.name)
    given = found if "definition" in found else {"definition": found}
    document = given["definition"]
    if not isinstance(document, dict):
        raise FormFileUnknown(name=file.name)
    if sentence := flaw(given):
        raise FormUnreadable(errors=[FieldError("", sentence)])
    selectors.readable(document)
    return given


def _from_workbook(file: "File") -> Definition:
    with files.local_path(file) as path, briefly.reading() as reader, reader.read(path) as workbook:
        read = islice(workbook.sheets[0].rows(), MOST_ROWS + 1)
        rows = [[_text(cell) for cell in row] for _, row in read]
    if len(rows) > MOST_ROWS:
        sentence = f"Arkusz ma więcej niż {MOST_ROWS} wierszy; formularz tyle nie zmieści."
        raise FormUnreadable(errors=[FieldError("", sentence)])
    try:
        return definition_from_rows(rows)
    except Unreadable as unreadable:
        raise selectors.unreadable(unreadable) from unreadable


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, bool):
        return "tak" if cell else "nie"
    return "" if cell is None else str(cell).strip()
