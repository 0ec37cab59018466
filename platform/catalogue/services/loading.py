"""Making the catalogue a city's own: forms, functions, tables, letters, pots, procedures.

Whoever may switch types on brings with them what they need, whatever else they may do in those
rooms: so the parts are the system's deeds, and the whole is the person's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, cast

from django.db import connection, transaction
from django.utils import timezone

from accounts import services as accounts
from accounts.selectors import free_function_name, functions_known, roles_visible_to
from audit import services as audit
from budget import selectors as budget
from budget import services as budget_services
from catalogue.deeds import Deed
from catalogue.errors import FormNotPublished, TypeAlreadyOn, TypeNotLoaded, TypeUnknown
from catalogue.parsing import Catalogue, Document, Type, only, shipped
from catalogue.permissions import Permission
from catalogue.selectors import bound, bound_forms
from files import services as files
from forms import selectors as forms
from forms import services as form_services
from opium import registry
from opium.permissions import SYSTEM, WHOLE_CITY, Actor, require
from procedures import selectors as procedures
from procedures.errors import ProcedureFaulty
from procedures.selectors.class_list import active_codes
from procedures.selectors.templates import template_keys
from procedures.services import correspondence, designing, file_plan

if TYPE_CHECKING:
    from django.db.models import Model

    from forms.models import Form
    from procedures.models import Procedure


@dataclass(slots=True)
class Loaded:
    """What a load has come to, in the order of the catalogue."""

    published: list[str] = field(default_factory=list)
    waiting: dict[str, list[str]] = field(default_factory=dict)
    """Procedure -> what its publishing waits for; its draft is in the city."""
    kept: list[str] = field(default_factory=list)
    """What the city had already, and has made its own since."""


@transaction.atomic
def load_catalogue(*, actor: Actor, catalogue: Catalogue) -> Loaded:
    """Bring every type into the city of the connection; what it has by that name stays as it is.

    Safe to repeat: a procedure that waited for people to play its functions is published once
    they do.
    """
    require(actor, Permission.SWITCH_ON_TYPES, WHOLE_CITY)
    accounts.require_recent_proof(actor)
    _wait_for_others()
    loaded = Loaded()
    _bring_needs(catalogue)
    for one in catalogue.types:
        _type(one, loaded)
    audit.record(
        actor=actor,
        deed=Deed.LOAD_CATALOGUE,
        right=Permission.SWITCH_ON_TYPES,
        target=cast("Model", registry.current_city()),
        after={
            "published": loaded.published,
            "waiting": list(loaded.waiting),
            "kept": loaded.kept,
        },
    )
    return loaded


@dataclass(frozen=True, slots=True)
class SwitchedOn:
    procedure: "Procedure"
    is_published: bool
    waits_for: Sequence[str]
    """Sentences: what keeps the draft from being published."""


@transaction.atomic
def switch_on_type(*, actor: Actor, key: str) -> SwitchedOn:
    """Bring one type of the shipped catalogue with all that it needs, and publish it if that goes.

    A draft that the city has by that name is kept and published. Raises `TypeUnknown`,
    `TypeAlreadyOn`, `ProofNeeded`: it lets roles play functions.
    """
    require(actor, Permission.SWITCH_ON_TYPES, WHOLE_CITY)
    accounts.require_recent_proof(actor)
    _wait_for_others()
    catalogue = _narrowed(key)
    name = str(catalogue.types[0].procedure["name"])
    had = _city_procedure(name)
    if had is not None and procedures.newest_or_none(had) is not None:
        raise TypeAlreadyOn(name=name)
    loaded = Loaded()
    _bring_needs(catalogue)
    procedure = _type(catalogue.types[0], loaded)
    audit.record(
        actor=actor,
        deed=Deed.SWITCH_ON_TYPE,
        right=Permission.SWITCH_ON_TYPES,
        target=procedure,
        after={"name": name, "published": name in loaded.published},
    )
    return SwitchedOn(procedure, name in loaded.published, loaded.waiting.get(name, ()))


@transaction.atomic
def take_edition(*, actor: Actor, key: str, draft_version: int) -> "Procedure":
    """Put the catalogue's edition of a type into the drafts of the city's procedure and its forms.

    Nothing is published: what runs goes on as it did until somebody has looked at the drafts and
    decided about the matters that run. A form that the city has put in the place of the
    catalogue's stays as it is, and the draft names the catalogue's again. Raises `TypeUnknown`,
    `TypeNotLoaded`, `FormNotPublished` where a form has changes of somebody else in its draft, and
    `ProcedureChangedMeanwhile` where the procedure's draft is no longer `draft_version`.
    """
    require(actor, Permission.SWITCH_ON_TYPES, WHOLE_CITY)
    accounts.require_recent_proof(actor)
    _wait_for_others()
    catalogue = _narrowed(key)
    one = catalogue.types[0]
    name = str(one.procedure["name"])
    procedure = _city_procedure(name)
    if procedure is None:
        raise TypeNotLoaded(name=name)
    _bring_needs(catalogue)
    brought = _brought(one, procedure)
    ids: dict[str, str] = {}
    for form_key, document in one.forms.items():
        form = brought.get(form_key) or _form(name, form_key, document)
        _renew(form, document)
        ids[form_key] = str(form.pk)
    designing.change_procedure(
        actor=SYSTEM,
        procedure=procedure,
        draft_version=draft_version,
        draft=bound(one.procedure, ids),
    )
    audit.record(
        actor=actor,
        deed=Deed.TAKE_EDITION,
        right=Permission.SWITCH_ON_TYPES,
        target=procedure,
        after={"name": name},
    )
    return procedure


def _wait_for_others() -> None:
    """Let one at a time bring what types need: two types share functions, letters and pots."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('catalogue'), hashtext(current_schema()))"
        )


def _narrowed(key: str) -> Catalogue:
    catalogue = only(shipped(), key)
    if catalogue is None:
        raise TypeUnknown(key=key)
    return catalogue


def _city_procedure(name: str) -> "Procedure | None":
    return procedures.procedures_made_by(SYSTEM).filter(name=name).first()


def _bring_needs(catalogue: Catalogue) -> None:
    _functions(catalogue)
    _tables(catalogue.tables or ())
    _letters(catalogue)
    _pots(catalogue)
    _classes(catalogue)


def _type(one: Type, loaded: Loaded) -> "Procedure":
    name = str(one.procedure["name"])
    procedure = _city_procedure(name)
    if procedure is None:
        ids = {key: str(_form(name, key, document).pk) for key, document in one.forms.items()}
        procedure = designing.add_procedure(
            actor=SYSTEM, name=name, draft=bound(one.procedure, ids)
        )
    elif procedures.newest_or_none(procedure) is not None:
        loaded.kept.append(name)
        return procedure
    try:
        with transaction.atomic():
            designing.publish_procedure(actor=SYSTEM, procedure=procedure)
    except ProcedureFaulty as faulty:
        loaded.waiting[name] = [error.detail for error in faulty.errors]
    else:
        loaded.published.append(name)
    return procedure


def _form(procedure: str, key: str, document: Document) -> "Form":
    """The form, added and published; one of that name that the city has is taken."""
    name = _form_name(procedure, key, document)
    form = forms.forms_visible_to(SYSTEM).filter(name=name).first()
    if form is None:
        form = form_services.add_form(actor=SYSTEM, name=name, definition=document)
        form_services.publish_form(actor=SYSTEM, form=form)
    return form


def _form_name(procedure: str, key: str, document: Document) -> str:
    title = str(document.get("title") or key)
    return (title if procedure in title else f"{procedure} – {title}")[:LONGEST]


def _brought(one: Type, procedure: "Procedure") -> dict[str, "Form"]:
    """Key -> the form that stands at its place and came from the catalogue for it.

    It bears the catalogue's name; or the city has renamed it, and the platform itself once
    published the procedure with it at that place.
    """
    first = procedures.revisions_of(procedure).filter(published_by=None).last()
    then = bound_forms(one, first.definition) if first is not None else {}
    now = bound_forms(one, procedure.draft)
    standing = forms.forms_visible_to(SYSTEM).in_bulk(now.values())
    return {
        key: form
        for key, document in one.forms.items()
        if key in now
        and (form := standing.get(now[key])) is not None
        and (then.get(key) == form.pk or form.name == _form_name(procedure.name, key, document))
    }


def _renew(form: "Form", document: Document) -> None:
    """The document becomes the draft, unless that would lose what nobody has published yet."""
    published = forms.newest_or_none(form)
    known = (document, published.definition if published is not None else None)
    if form.draft not in known:
        raise FormNotPublished(name=form.name)
    form_services.change_draft(
        actor=SYSTEM, form=form, definition=document, draft_version=form.draft_version
    )


LONGEST = 200
"""Signs in the name of a form."""


def _functions(catalogue: Catalogue) -> None:
    wanted = catalogue.functions or {}
    known = functions_known(wanted)
    for code, played in wanted.items():
        if code in known:
            continue
        name = free_function_name(played.name, code)
        function = accounts.add_function(actor=SYSTEM, code=code, name=name)
        role = roles_visible_to(SYSTEM).filter(name=played.role).first()
        if role is not None:
            accounts.give_function(actor=SYSTEM, function=function, role=role)


def _tables(tables: Sequence[Document]) -> None:
    known = set(forms.tables_visible_to(SYSTEM).values_list("key", flat=True))
    for table in tables:
        if table["key"] not in known:
            columns, keys = (
                [form_services.TableColumn(**one) for one in table.get(member, ())]
                for member in ("columns", "keys")
            )
            added = form_services.add_table(
                actor=SYSTEM, key=table["key"], name=table["name"], columns=columns, keys=keys
            )
            if rows := [_grid_row(row) for row in table.get("rows", ())]:
                form_services.change_rows(actor=SYSTEM, table=added, rows=rows)


def _grid_row(row: Document) -> form_services.GridRow:
    since = row.get("since")
    return form_services.GridRow(
        row["keys"], date.fromisoformat(since) if since else None, row["values"]
    )


def _pots(catalogue: Catalogue) -> None:
    """A pot of this year of each code of which the city has none in any year."""
    known = budget.years_by_code()
    for code, planned in (catalogue.pots or {}).items():
        if code not in known:
            budget_services.make_pot(
                actor=SYSTEM,
                year=timezone.localdate().year,
                code=code,
                name=planned.name,
                amount=planned.amount,
                reason=EXAMPLE,
            )


EXAMPLE = "Kwota przykładowa z katalogu: zmień ją na uchwaloną."


def _classes(catalogue: Catalogue) -> None:
    """The classes of the file plan from which signs are made, where the city has not its own."""
    known = active_codes()
    for code, listed in (catalogue.classes or {}).items():
        if code not in known:
            unit, _, symbol = code.partition(".")
            file_plan.add_class(
                actor=SYSTEM,
                unit_symbol=unit,
                symbol=symbol,
                name=listed.name,
                archive_category=listed.archive_category,
            )


def _letters(catalogue: Catalogue) -> None:
    known = template_keys()
    for key, letter in (catalogue.letters or {}).items():
        if key not in known:
            file = files.store(
                actor=SYSTEM, name=letter.path.name, content=letter.path.read_bytes()
            )
            correspondence.add_template(
                actor=SYSTEM, key=key, name=letter.name, file=file, asks=letter.asks
            )
