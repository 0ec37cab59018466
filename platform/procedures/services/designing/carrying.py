"""Procedures as files, with the forms that they name; and copies within a city."""

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files import services as files
from files.registry import Purpose, Source
from files.selectors import outcome_of
from forms import selectors as forms
from forms.permissions import Permission as Forms
from forms.permissions import views_forms
from forms.plain import LARGEST, flaw
from forms.services import add_form
from opium.errors import FieldError
from opium.permissions import WHOLE_CITY, Actor, MissingPermission, require
from opium.polish import fold
from procedures.deeds import Deed
from procedures.definition import Unreadable, read, write
from procedures.errors import ProcedureUnreadable
from procedures.models import Procedure
from procedures.permissions import Permission
from procedures.services.designing.drafting import LONGEST_NAME, add_procedure

if TYPE_CHECKING:
    from forms.models import Form

KIND = "opium.procedure"
COPY = " (kopia)"
PURPOSE = "procedures.procedure"


def _read(source: Source) -> dict[str, Any]:
    """What a file carries. Raises `ProcedureUnreadable` with every fault."""
    given = _given(source)
    try:
        read(given["procedure"])
    except Unreadable as unreadable:
        raise _unreadable(unreadable) from unreadable
    return given


def _ask(actor: Actor, _about: str) -> None:
    require(actor, Permission.MANAGE_PROCEDURES, WHOLE_CITY)


READING = Purpose(_read, _ask)


@transaction.atomic
def copy_procedure(*, actor: Actor, procedure: Procedure, name: str = "") -> Procedure:
    """A procedure of its own with the same draft and the same forms; no revisions, no matters."""
    require(actor, Permission.MANAGE_PROCEDURES, procedure)
    copied = name.strip() or f"{procedure.name[: LONGEST_NAME - len(COPY)]}{COPY}"
    copy = add_procedure(actor=actor, name=copied, draft=procedure.draft)
    audit.record(
        actor=actor,
        deed=Deed.COPY_PROCEDURE,
        right=Permission.MANAGE_PROCEDURES,
        target=copy,
        after={"copied_from": str(procedure), "copied_from_id": procedure.pk},
    )
    return copy


@transaction.atomic
def export_procedure(*, actor: Actor, procedure: Procedure) -> bytes:
    """The draft and the drafts of its forms as one json file, for another city or the catalogue.

    The log says who has taken it out.
    Raises `ProcedureUnreadable` for a draft that cannot be read, `MissingPermission` where the
    actor may not see its forms.
    """
    require(actor, Permission.MANAGE_PROCEDURES, procedure)
    try:
        document = write(read(procedure.draft))
    except Unreadable as unreadable:
        raise _unreadable(unreadable) from unreadable
    named = _named(actor, document)
    keys = _keys(named)
    _rename(document, {str(pk): key for pk, key in keys.items()})
    audit.record(
        actor=actor,
        deed=Deed.EXPORT_PROCEDURE,
        right=Permission.MANAGE_PROCEDURES,
        target=procedure,
        after={"forms": [form.name for form in named]},
    )
    whole = {
        "kind": KIND,
        "name": procedure.name,
        "procedure": document,
        "forms": {
            keys[form.pk]: {
                "name": form.name,
                "description": form.description,
                "definition": form.draft,
            }
            for form in named
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


@transaction.atomic
def import_procedure(*, actor: Actor, file_id: UUID) -> Procedure:
    """A draft of its own from what was read of the actor's upload, with drafts of its forms.

    Nothing is published. Raises the refusals of `files.selectors.outcome_of` and
    `files.services.claim`, and `MissingPermission` where the file brings forms and the actor may
    not make any.
    """
    require(actor, Permission.MANAGE_PROCEDURES, WHOLE_CITY)
    given = outcome_of(actor, file_id, purpose=PURPOSE)
    [file] = files.claim(actor=actor, files=[file_id])
    document = dict(given["procedure"])
    made = {
        key: add_form(
            actor=actor,
            name=str(form.get("name") or form["definition"].get("title") or key)[:LONGEST_NAME],
            description=str(form.get("description") or ""),
            definition=form["definition"],
        )
        for key, form in given["forms"].items()
    }
    _rename(document, {key: str(form.pk) for key, form in made.items()})
    files.discard(file=file)
    name = str(given.get("name") or document["name"])[:LONGEST_NAME]
    procedure = add_procedure(actor=actor, name=name, draft=document)
    audit.record(
        actor=actor,
        deed=Deed.IMPORT_PROCEDURE,
        right=Permission.MANAGE_PROCEDURES,
        target=procedure,
        after={"file": file.name, "forms": [form.name for form in made.values()]},
    )
    return procedure


def _named(actor: Actor, document: Mapping[str, Any]) -> "list[Form]":
    """The forms that the document names by their ids."""
    ids = set()
    for reference in (document["form"], *(stage["form"] for stage in document["stages"])):
        try:
            ids.add(UUID(reference))
        except ValueError:
            continue
    if ids and not views_forms(actor):
        raise MissingPermission(Forms.VIEW_FORMS)
    return list(forms.forms_visible_to(actor).filter(pk__in=ids)) if ids else []


def _keys(named: "list[Form]") -> dict[UUID, str]:
    """A readable key for each form, none twice."""
    keys: dict[UUID, str] = {}
    for form in named:
        plain = re.sub(r"[^a-z0-9]+", "_", fold(form.name)).strip("_")[:50]
        key = plain if plain[:1].isalpha() else f"formularz_{plain}".strip("_")
        number, taken = 1, set(keys.values())
        while key in taken:
            number += 1
            key = f"{plain}_{number}"
        keys[form.pk] = key
    return keys


def _rename(document: dict[str, Any], names: Mapping[str, str]) -> None:
    """Let the document call each form by its other name."""
    document["form"] = names.get(document.get("form", ""), document.get("form", ""))
    document["stages"] = [
        {**stage, "form": names.get(stage.get("form", ""), stage.get("form", ""))}
        for stage in document.get("stages", ())
    ]


def _given(source: Source) -> dict[str, Any]:
    """The envelope of `export_procedure`, or a bare document in one of our own making."""
    content = source.path.read_bytes() if source.path.stat().st_size <= LARGEST else b""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise ProcedureUnreadable(sentence="To nie jest plik JSON.") from wrong
    if not isinstance(found, dict):
        raise ProcedureUnreadable(sentence="Nie ma w nim procedury.")
    given = found if "procedure" in found else {"procedure": found}
    carried = given.setdefault("forms", {})
    if not isinstance(given["procedure"], dict) or not _are_forms(carried):
        raise ProcedureUnreadable(sentence="Nie ma w nim procedury.")
    if sentence := flaw(given):
        raise ProcedureUnreadable(sentence=sentence)
    return given


def _are_forms(found: object) -> bool:
    return isinstance(found, dict) and all(
        isinstance(form, dict) and isinstance(form.get("definition"), dict)
        for form in found.values()
    )


def _unreadable(unreadable: Unreadable) -> ProcedureUnreadable:
    errors = [FieldError(fault.path, str(fault)) for fault in unreadable.faults]
    return ProcedureUnreadable(sentence="Popraw wskazane miejsca.", errors=errors)
