"""Making forms: a draft may be as wrong as a draft is, and no author overwrites another."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from audit import services as audit
from forms.deeds import Deed
from forms.errors import FormArchived, FormChangedMeanwhile
from forms.models import Form
from forms.permissions import Permission
from opium.permissions import WHOLE_CITY, Actor, require

LONGEST_NAME = 200


@transaction.atomic
def add_form(
    *,
    actor: Actor,
    name: str,
    description: str = "",
    definition: Mapping[str, Any] | None = None,
) -> Form:
    """Begin a form; nobody is asked anything before it is published."""
    require(actor, Permission.MANAGE_FORMS, WHOLE_CITY)
    name = name.strip()
    draft = {"format": 1, "title": name, "sections": []} if definition is None else {**definition}
    form = Form.objects.create(name=name, description=description.strip(), draft=draft)
    audit.record(
        actor=actor,
        deed=Deed.ADD_FORM,
        right=Permission.MANAGE_FORMS,
        target=form,
        after={"name": form.name},
    )
    return form


@transaction.atomic
def change_form(
    *,
    actor: Actor,
    form: Form,
    name: str | None = None,
    description: str | None = None,
    draft: Mapping[str, Any] | None = None,
    draft_version: int = 0,
) -> Form:
    """Change what is given, the draft as `change_draft` does. Raises what it does."""
    require(actor, Permission.MANAGE_FORMS, form)
    form = locked_form(form)
    if draft is not None:
        form = change_draft(actor=actor, form=form, definition=draft, draft_version=draft_version)
    wanted = {"name": name, "description": description}
    changes = {
        field: text.strip()
        for field, text in wanted.items()
        if text is not None and text.strip() != getattr(form, field)
    }
    before = {field: getattr(form, field) for field in changes}
    for field, text in changes.items():
        setattr(form, field, text)
    if changes:
        form.save(update_fields=[*changes, "sort_key", "updated_at"])
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_FORM,
            right=Permission.MANAGE_FORMS,
            target=form,
            before=before,
            after=changes,
        )
    return form


@transaction.atomic
def change_draft(
    *, actor: Actor, form: Form, definition: Mapping[str, Any], draft_version: int
) -> Form:
    """Replace the draft, faulty or not; `selectors.problems_of` says what is wrong with it.

    It is called every few seconds: the log tells of it once an hour. Raises
    `FormChangedMeanwhile` where somebody has changed it since `draft_version`, `FormArchived`.
    """
    require(actor, Permission.MANAGE_FORMS, form)
    form = locked_form(form)
    if form.draft == definition:
        return form
    if form.draft_version != draft_version:
        raise FormChangedMeanwhile
    form.draft = dict(definition)
    form.draft_version += 1
    form.save(update_fields=["draft", "draft_version", "updated_at"])
    audit.record_typing(
        actor=actor, deed=Deed.CHANGE_DRAFT, right=Permission.MANAGE_FORMS, target=form
    )
    return form


@transaction.atomic
def copy_form(*, actor: Actor, form: Form, name: str = "") -> Form:
    """A form of its own with the same draft; revisions and sheets stay where they are."""
    require(actor, Permission.MANAGE_FORMS, form)
    copied = name.strip() or f"{form.name[: LONGEST_NAME - len(COPY)]}{COPY}"
    copy = add_form(actor=actor, name=copied, description=form.description, definition=form.draft)
    audit.record(
        actor=actor,
        deed=Deed.COPY_FORM,
        right=Permission.MANAGE_FORMS,
        target=copy,
        after={"copied_from": form.name, "copied_from_id": form.pk},
    )
    return copy


COPY = " (kopia)"


@transaction.atomic
def archive_form(*, actor: Actor, form: Form) -> Form:
    """Put the form away; sheets in flight go on. A second time changes nothing."""
    require(actor, Permission.MANAGE_FORMS, form)
    return _put(actor, Deed.ARCHIVE_FORM, form, is_archived=True)


@transaction.atomic
def restore_form(*, actor: Actor, form: Form) -> Form:
    """Take the form back from the archive. A second time changes nothing."""
    require(actor, Permission.MANAGE_FORMS, form)
    return _put(actor, Deed.RESTORE_FORM, form, is_archived=False)


def _put(actor: Actor, deed: Deed, form: Form, *, is_archived: bool) -> Form:
    form = Form.objects.select_for_update().get(pk=form.pk)
    if form.is_archived == is_archived:
        return form
    form.is_archived = is_archived
    form.save(update_fields=["is_archived", "updated_at"])
    audit.record(
        actor=actor,
        deed=deed,
        right=Permission.MANAGE_FORMS,
        target=form,
        before={"is_archived": not is_archived},
        after={"is_archived": is_archived},
    )
    return form


def locked_form(form: Form) -> Form:
    """The row as it stands, held until the transaction ends. Raises `FormArchived`."""
    found = Form.objects.select_for_update().get(pk=form.pk)
    if found.is_archived:
        raise FormArchived(name=found.name)
    return found
