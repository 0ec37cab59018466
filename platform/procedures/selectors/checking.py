"""Whether a draft may be published in this city."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts import selectors as accounts
from budget import selectors as budget
from forms import selectors as forms
from forms.definition import Definition
from procedures import registry
from procedures.checking import check
from procedures.definition import Fault, Procedure, Unreadable, read
from procedures.permissions import Permission
from procedures.selectors.class_list import active_codes
from procedures.selectors.templates import template_keys


@dataclass(frozen=True, slots=True)
class FormsUsed:
    """The published forms that a procedure names."""

    applicants: Definition | None
    officers: Mapping[str, Definition]
    """By the name that stages use: the form's id."""
    bindings: Mapping[str, str]
    """Form -> the id of the revision."""


def forms_used(procedure: Procedure) -> FormsUsed:
    """One query."""
    named = {procedure.form, *(stage.form for stage in procedure.stages)}
    ids = {one: pk for one in named if (pk := _as_id(one)) is not None}
    revisions = forms.newest_revisions(set(ids.values())) if ids else {}
    published = {one: revisions[pk] for one, pk in ids.items() if pk in revisions}
    definitions = {one: forms.definition_of(revision) for one, revision in published.items()}
    return FormsUsed(
        applicants=definitions.get(procedure.form),
        officers=definitions,
        bindings={one: str(revision.pk) for one, revision in published.items()},
    )


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def problems_of(document: Mapping[str, Any]) -> list[Fault]:
    """Everything that keeps the document from being published in this city.

    The number of queries does not depend on the document.
    """
    try:
        procedure = read(document)
    except Unreadable as unreadable:
        return list(unreadable.faults)
    return faults_of(procedure, forms_used(procedure))


def faults_of(procedure: Procedure, used: FormsUsed) -> list[Fault]:
    """What `procedures.checking` finds in this city."""
    functions = {one.key for one in procedure.functions}
    return check(
        procedure,
        form=used.applicants,
        forms=used.officers,
        functions=accounts.functions_played(functions, Permission.ACT_IN_CASE),
        letters=template_keys(),
        effects=registry.effects().keys(),
        classes=active_codes(),
        pots=budget.years_by_code(),
        tables=forms.table_shapes(),
    )
