"""The city's own docx templates."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from audit import services as audit
from documents import letters
from documents.errors import TemplateUnreadable
from files import services as files
from files.selectors import upload_of
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


def add_template(*, actor: Actor, key: str, name: str, file: "UUID | File") -> LetterTemplate:
    """Take a docx as a new template under the key by which procedures call it.

    It is the actor's upload (its id), or a file that the platform brings. Raises
    `LetterTemplateExists`, `TemplateAsksUnknown`, and the refusals of `documents`.
    """
    require(actor, Permission.MANAGE_LETTERS, WHOLE_CITY)
    asked = _asked_by(actor, file)
    template = LetterTemplate(key=key, name=name)
    with transaction.atomic():
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
    offered no longer. Raises `TemplateAsksUnknown` and the refusals of `documents`.
    """
    require(actor, Permission.MANAGE_LETTERS, WHOLE_CITY)
    asked = frozenset() if file is None else _asked_by(actor, file)
    with transaction.atomic():
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


def _asked_by(actor: Actor, file: "UUID | File") -> frozenset[str]:
    """The fields of a template. It is opened in no transaction: a stranger's file takes its time.

    Raises `TemplateAsksUnknown`, and the refusals of `files` and `documents`.
    """
    found = upload_of(actor, file) if isinstance(file, UUID) else file
    asked = letters.fields_of(content_of(found))
    if unknown := sorted(asked - ROOTS.keys()):
        known = ", ".join(f"„{name}”" for name in ROOTS)
        raise TemplateAsksUnknown(names=", ".join(f"„{name}”" for name in unknown), known=known)
    return asked


def _revision(
    actor: Actor, template: LetterTemplate, file: "UUID | File", asked: frozenset[str]
) -> TemplateRevision:
    claimed = files.claim(actor=actor, files=[file])[0] if isinstance(file, UUID) else file
    last = template.revisions.aggregate(last=Max("number"))["last"] or 0
    return TemplateRevision.objects.create(
        template=template,
        number=last + 1,
        file=claimed,
        fields=sorted(asked),
        added_by_id=actor.pk,
    )
