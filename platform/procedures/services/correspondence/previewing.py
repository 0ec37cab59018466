"""A letter read before it is issued: no number is drawn, nothing of the case changes."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from documents import letters
from files import services as files
from files.registry import Made, Making
from opium.calendar import day_of
from opium.errors import NotFound
from opium.permissions import Actor, require
from procedures.models import LetterTemplate, TemplateRevision
from procedures.permissions import Permission
from procedures.selectors.case_list import case_visible_to
from procedures.selectors.issuing import require_issuer
from procedures.services.correspondence.entrusted import PREVIEW, newest_of
from procedures.services.correspondence.templates import content_of
from procedures.services.correspondence.values import values_of

if TYPE_CHECKING:
    from files.models import FileMaking
    from procedures.models import Case

PURPOSE = PREVIEW


@transaction.atomic
def preview_letter(*, actor: Actor, case: "Case", template: LetterTemplate) -> "FileMaking":
    """Have the letter read as it would be issued now, paragraph by paragraph, in the background.

    Raises what `issue_letter` raises. A template that cannot be filled ends it with the sentence
    why: whoever looks first draws no number for a letter that fails.
    """
    require(actor, Permission.ACT_IN_CASE, case)
    require_issuer(actor, case, template)
    revision = newest_of(template)
    values = values_of([case])[case.pk].of_letter(
        number=None, day=day_of(timezone.now()), actor_name=actor.display_name
    )
    return files.begin_making(
        actor=actor,
        purpose=PURPOSE,
        about=f"{case.pk}/{template.pk}",
        name=template.name,
        told={"revision": str(revision.pk), "values": values},
    )


def _make(told: dict[str, Any]) -> Made:
    revision = TemplateRevision.objects.select_related("file").get(pk=told["revision"])
    return Made(lines=letters.read_through(content_of(revision.file), told["values"]))


def _ask(actor: Actor, about: str) -> None:
    case_id, _, template_id = about.partition("/")
    case = case_visible_to(actor, UUID(case_id))
    template = LetterTemplate.objects.filter(pk=template_id).first()
    if template is None:
        raise NotFound
    require(actor, Permission.ACT_IN_CASE, case)
    require_issuer(actor, case, template)


MAKING = Making(_make, _ask)
