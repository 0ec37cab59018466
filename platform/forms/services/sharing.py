"""Forms as files: json between cities, xlsx (one row a question) from a workbook that one has."""

import json
from typing import Literal
from uuid import UUID

from django.db import transaction

from accounts.permissions import require_any
from audit import services as audit
from files import services as files
from files.selectors import outcome_of
from forms import selectors
from forms.deeds import Deed
from forms.definition import Definition
from forms.models import Form
from forms.permissions import Permission
from forms.services.drafting import LONGEST_NAME, add_form
from forms.services.uploads import FORM
from forms.tabular import definition_to_rows, example
from opium.permissions import WHOLE_CITY, Actor, require
from spreadsheets.writing import Column, write_table

Ending = Literal["xlsx", "json"]
KIND = "opium.form"


@transaction.atomic
def import_form(*, actor: Actor, file_id: UUID) -> Form:
    """A form of its own from what was read of the actor's upload (`reading.read_form`).

    What can be read but not yet published (a wrong condition) comes in as a draft with its
    problems. Raises the refusals of `files.selectors.outcome_of` and `files.services.claim`.
    """
    require(actor, Permission.MANAGE_FORMS, WHOLE_CITY)
    given = outcome_of(actor, file_id, purpose=FORM)
    [file] = files.claim(actor=actor, files=[file_id])
    files.discard(file=file)
    form = add_form(
        actor=actor,
        name=given["name"].strip()[:LONGEST_NAME] or "Formularz",
        description=given["description"],
        definition=given["definition"],
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
    return _as_workbook(selectors.readable(document))


def form_pattern(*, actor: Actor) -> bytes:
    """A workbook to write a form in: a small form with each kind of row; nobody's data."""
    require(actor, Permission.MANAGE_FORMS, WHOLE_CITY)
    return _as_workbook(example())


def _as_workbook(definition: Definition) -> bytes:
    header, *rows = definition_to_rows(definition)
    columns = [Column(title) for title in header]
    return write_table(columns, rows, name="Pytania", frozen=1)
