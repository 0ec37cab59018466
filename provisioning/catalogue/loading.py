"""Making the catalogue a city's own: forms, functions, tables, letters, pots, procedures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import services as accounts
from accounts.selectors import free_function_name, functions_known, roles_visible_to
from budget import selectors as budget
from budget import services as budget_services
from files import services as files
from forms import selectors as forms
from forms import services as form_services
from opium.permissions import SYSTEM
from procedures import selectors as procedures
from procedures.errors import ProcedureFaulty
from procedures.selectors.class_list import active_codes
from procedures.selectors.templates import template_keys
from procedures.services import correspondence, designing, file_plan
from provisioning.catalogue.parsing import Catalogue, Document, Type


@dataclass(slots=True)
class Loaded:
    """What a load has come to, in the order of the catalogue."""

    published: list[str] = field(default_factory=list)
    waiting: dict[str, list[str]] = field(default_factory=dict)
    """Procedure -> what its publishing waits for; its draft is in the city."""
    kept: list[str] = field(default_factory=list)
    """What the city had already, and has made its own since."""


def load(catalogue: Catalogue) -> Loaded:
    """Bring every type into the city of the connection; what it has by that name stays as it is.

    Safe to repeat: a procedure that waited for people to play its functions is published once
    they do.
    """
    loaded = Loaded()
    with transaction.atomic():
        _functions(catalogue)
        _tables(catalogue.tables or ())
        _letters(catalogue)
        _pots(catalogue)
        _classes(catalogue)
    for one in catalogue.types:
        _type(one, loaded)
    return loaded


@transaction.atomic
def _type(one: Type, loaded: Loaded) -> None:
    name = str(one.procedure["name"])
    procedure = procedures.procedures_made_by(SYSTEM).filter(name=name).first()
    if procedure is None:
        ids = {key: _form(name, key, document) for key, document in one.forms.items()}
        procedure = designing.add_procedure(
            actor=SYSTEM, name=name, draft=_bound(one.procedure, ids)
        )
    elif procedures.newest_or_none(procedure) is not None:
        loaded.kept.append(name)
        return
    try:
        with transaction.atomic():
            designing.publish_procedure(actor=SYSTEM, procedure=procedure)
    except ProcedureFaulty as faulty:
        loaded.waiting[name] = [error.detail for error in faulty.errors]
    else:
        loaded.published.append(name)


def _form(procedure: str, key: str, document: Document) -> str:
    """The id of the form, added and published; one of that name that the city has is taken."""
    title = str(document.get("title") or key)
    name = title if procedure in title else f"{procedure} – {title}"
    form = forms.forms_visible_to(SYSTEM).filter(name=name[:LONGEST]).first()
    if form is None:
        form = form_services.add_form(actor=SYSTEM, name=name[:LONGEST], definition=document)
        form_services.publish_form(actor=SYSTEM, form=form)
    return str(form.pk)


LONGEST = 200
"""Signs in the name of a form."""


def _bound(procedure: Document, ids: Mapping[str, str]) -> dict[str, object]:
    """The procedure with the ids of the city's forms where the file has their keys."""

    def named(key: str) -> str:
        return ids.get(key, key)

    stages = [
        {**stage, "form": named(stage["form"])} if stage.get("form") else stage
        for stage in procedure["stages"]
    ]
    return {**procedure, "form": named(procedure.get("form", "")), "stages": stages}


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
            correspondence.add_template(actor=SYSTEM, key=key, name=letter.name, file=file)
