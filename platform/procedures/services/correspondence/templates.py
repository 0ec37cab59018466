"""The city's own docx templates."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from audit import services as audit
from documents import letters
from documents.errors import TemplateUnreadable
from files import services as files
from files.registry import Purpose, Source
from files.selectors import outcome_of
from opium.constraints import refusing
from opium.permissions import WHOLE_CITY, Actor, require
from procedures.deeds import Deed
from procedures.errors import LetterTemplateExists, TemplateAsksUnknown
from procedures.models import LetterTemplate, TemplateRevision
from procedures.permissions import Permission
from procedures.services.correspondence.values import ROOTS

if TYPE_CHECKING:
    from files.models import File

LARGEST = 10_000_000
"""Bytes of a docx; a letter with a crest takes a tenth of it."""
NEW, NEWER = "procedures.letter_template", "procedures.newer_letter_template"
"""For what a docx is read: to become a template, or the newer one of a template."""


def _read(source: Source) -> dict[str, Any]:
    """What a docx asks for. Raises `TemplateAsksUnknown` and the refusals of `documents`."""
    if source.path.stat().st_size > LARGEST:
        raise TemplateUnreadable
    return {"fields": _known(letters.fields_of(source.path.read_bytes()))}


def _ask(actor: Actor, _about: str) -> None:
    require(actor, Permission.MANAGE_LETTERS, WHOLE_CITY)


PURPOSES = {NEW: Purpose(_read, _ask), NEWER: Purpose(_read, _ask, is_about_one=True)}


@transaction.atomic
def add_template(
    *, actor: Actor, key: str, name: str, file: "UUID | File", asks: Collection[str] = ()
) -> LetterTemplate:
    """Take a docx as a new template under the key by which procedures call it.

    It is the actor's upload (its id), which has been read as `NEW`, or a file that the
    platform brings, which is not opened: `asks` says what it asks for. Raises
    `LetterTemplateExists`, the refusals of `files.selectors.outcome_of` and `files.services.claim`.
    """
    require(actor, Permission.MANAGE_LETTERS, WHOLE_CITY)
    if isinstance(file, UUID):
        asked: list[str] = outcome_of(actor, file, purpose=NEW)["fields"]
    else:
        asked = _known(frozenset(asks))
    template = LetterTemplate(key=key, name=name)
    with refusing(one_letter_template_per_key=LetterTemplateExists(key=key)):
        template.save(force_insert=True)
    revision = _revision(actor, template, file, asked)
    audit.record(
        actor=actor,
        deed=Deed.ADD_TEMPLATE,
        right=Permission.MANAGE_LETTERS,
        target=template,
        after={"key": key, "name": name, "fields": revision.fields},
    )
    return template


@transaction.atomic
def change_template(
    *,
    actor: Actor,
    template: LetterTemplate,
    name: str | None = None,
    file: UUID | None = None,
    is_archived: bool | None = None,
) -> LetterTemplate:
    """Change what is given; its key stays, for procedures know it by it.

    A new docx is for letters made from now on: those made keep theirs. An archived template is
    offered no longer. Raises the refusals of `files.selectors.outcome_of` and
    `files.services.claim`.
    """
    require(actor, Permission.MANAGE_LETTERS, WHOLE_CITY)
    asked: list[str] = []
    if file is not None:
        asked = outcome_of(actor, file, purpose=NEWER, about=str(template.pk))["fields"]
    template = LetterTemplate.objects.select_for_update().get(pk=template.pk)
    wanted = {"name": name, "is_archived": is_archived}
    after: dict[str, object] = {
        field: value
        for field, value in wanted.items()
        if value is not None and value != getattr(template, field)
    }
    before = {field: getattr(template, field) for field in after}
    for field, value in after.items():
        setattr(template, field, value)
    template.save()
    if file is not None:
        revision = _revision(actor, template, file, asked)
        after |= {"revision": revision.number, "fields": revision.fields}
    if after:
        audit.record(
            actor=actor,
            deed=Deed.CHANGE_TEMPLATE,
            right=Permission.MANAGE_LETTERS,
            target=template,
            before=before,
            after=after,
        )
    return template


def content_of(file: "File") -> bytes:
    """The docx. Raises `TemplateUnreadable` for one above `LARGEST`."""
    if (file.size or 0) > LARGEST:
        raise TemplateUnreadable
    return b"".join(files.read_chunks(file))


def _known(asked: frozenset[str]) -> list[str]:
    if unknown := sorted(asked - ROOTS.keys()):
        known = ", ".join(f"„{name}”" for name in ROOTS)
        raise TemplateAsksUnknown(names=", ".join(f"„{name}”" for name in unknown), known=known)
    return sorted(asked)


def _revision(
    actor: Actor, template: LetterTemplate, file: "UUID | File", asked: list[str]
) -> TemplateRevision:
    claimed = files.claim(actor=actor, files=[file])[0] if isinstance(file, UUID) else file
    last = template.revisions.aggregate(last=Max("number"))["last"] or 0
    return TemplateRevision.objects.create(
        template=template,
        number=last + 1,
        file=claimed,
        fields=asked,
        added_by_id=actor.pk,
    )
