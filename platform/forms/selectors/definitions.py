"""Questions about forms and their revisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from forms.definition import Definition, Fault, Unreadable, check, read
from forms.differences import Change, compare
from forms.errors import FormNotPublished, FormUnreadable, UnknownRevision
from forms.filling import Projection, project
from forms.models import DictionaryEntry, Form, FormRevision, Sheet
from forms.permissions import views_forms
from forms.selectors.facts import facts_for
from forms.selectors.grids import table_shapes
from opium.errors import FieldError
from opium.permissions import Actor
from opium.polish import fold


def forms_visible_to(actor: Actor) -> QuerySet[Form]:
    """Every form of the city, archived ones too, for whoever views or makes forms; by name."""
    forms = Form.objects.order_by("sort_key", "pk")
    return forms if views_forms(actor) else forms.none()


def with_counts(forms: QuerySet[Form]) -> QuerySet[Form]:
    """With `sheet_count` and `revision_number` (0 where nothing was published)."""
    sheets = Sheet.objects.filter(form=OuterRef("pk")).order_by().values("form")
    newest = FormRevision.objects.filter(form=OuterRef("pk")).order_by().values("form")
    return forms.annotate(
        sheet_count=Coalesce(
            Subquery(sheets.annotate(all=Count("pk")).values("all")),
            0,
            output_field=IntegerField(),
        ),
        revision_number=Coalesce(
            Subquery(newest.annotate(last=Max("number")).values("last")),
            0,
            output_field=IntegerField(),
        ),
    )


def forms_matching(forms: QuerySet[Form], text: str) -> list[UUID]:
    """Ids of those with every word of `text` in name or description; case does not count.

    A city has tens of forms, so their names are folded here.
    """
    words = fold(text).split()
    return [
        pk
        for pk, name, description in forms.values_list("pk", "name", "description")
        if all(word in fold(f"{name} {description}") for word in words)
    ]


def revisions_of(form: Form) -> QuerySet[FormRevision]:
    """The newest first, without their definitions."""
    return (
        FormRevision.objects.filter(form=form)
        .select_related("published_by")
        .defer("definition")
        .order_by("-number")
    )


def revision_of(form: Form, number: int) -> FormRevision:
    """Raises `UnknownRevision`."""
    found = FormRevision.objects.filter(form=form, number=number).first()
    if found is None:
        raise UnknownRevision(number=number)
    return found


def newest_revision(form: Form) -> FormRevision:
    """What a new sheet is given on. Raises `FormNotPublished`."""
    found = newest_or_none(form)
    if found is None:
        raise FormNotPublished(name=form.name)
    return found


def newest_or_none(form: Form) -> FormRevision | None:
    """None where nothing was published yet."""
    return FormRevision.objects.filter(form=form).order_by("-number").first()


@dataclass(frozen=True, slots=True)
class _Published:
    """A revision never changes, so what it says is read once."""

    id: UUID
    document: Mapping[str, Any] = field(compare=False)


@lru_cache(maxsize=256)
def _read(published: _Published) -> Definition:
    return read(published.document)


def definition_of(revision: FormRevision) -> Definition:
    """What the revision asks; read once in the life of a process."""
    return _read(_Published(revision.pk, revision.definition))


def preview(
    document: Mapping[str, Any], answers: Mapping[str, Any], unit_id: UUID | None
) -> Projection:
    """The document over invented answers, with the unit's facts. Raises `FormUnreadable`."""
    definition = readable(document)
    return project(definition, answers, facts_for(definition, answers, unit_id))


def changes_between(form: Form, older: int, newer: int | None) -> list[Change]:
    """What changed between two revisions, in words; without `newer`, up to the draft.

    Raises `UnknownRevision`, `FormUnreadable` for the draft.
    """
    new = readable(form.draft) if newer is None else definition_of(revision_of(form, newer))
    return compare(definition_of(revision_of(form, older)), new)


FAULTS_TOLD = 200


def readable(document: Mapping[str, Any]) -> Definition:
    """What the document asks. Raises `FormUnreadable` with every fault of its shape."""
    try:
        return read(document)
    except Unreadable as faulty:
        raise unreadable(faulty) from faulty


def unreadable(faulty: Unreadable) -> FormUnreadable:
    """The refusal that names each fault with its place in words, up to `FAULTS_TOLD`."""
    errors = [
        FieldError(one.path, f"{one.where}: {one.sentence}" if one.where else one.sentence)
        for one in faulty.faults[:FAULTS_TOLD]
    ]
    if more := len(faulty.faults[FAULTS_TOLD:]):
        errors.append(FieldError("", f"Takich miejsc jest jeszcze {more}."))
    return FormUnreadable(errors=errors)


def problems_of(document: Mapping[str, Any]) -> list[Fault]:
    """Everything that hinders publishing the document in this city; two queries."""
    try:
        definition = read(document)
    except Unreadable as faulty:
        return faulty.faults
    return check(
        definition,
        dictionaries=_dictionaries(),
        tables=table_shapes(),
        most_steps=settings.FORM_STEPS,
    )


def _dictionaries() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    entries = DictionaryEntry.objects.filter(is_active=True).values_list("dictionary__key", "key")
    for dictionary, key in entries:
        known.setdefault(dictionary, []).append(key)
    return known
