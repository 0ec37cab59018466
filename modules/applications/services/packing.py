"""Every document of a call in one ZIP, packed in the background for whoever asked."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files import services as files
from files.registry import Making
from modules.applications.deeds import Deed
from modules.applications.errors import RankingUnseen
from modules.applications.models import Application, Call, Paper
from modules.applications.permissions import Permission
from modules.applications.selectors import applications_of, calls_visible_to
from modules.applications.services import holding
from opium.errors import NotFound
from opium.permissions import Actor, may, require
from opium.polish import format_moment
from procedures.services.entrusted.papers import Part, application_parts, file_part, packed

if TYPE_CHECKING:
    from files.models import FileMaking

PURPOSE = "applications.package"
"""What it is made for; it is about the call."""
ENDINGS = ("pdf", "docx", "html", "xlsx")


@transaction.atomic
def pack_call(*, actor: Actor, call: Call) -> "FileMaking":
    """Have every document of the call that the actor may see put into one ZIP.

    Of each application what was submitted, the files with it and the letters; for whoever divides
    the money also the documents of its recommendations. Which applications is settled now; a
    matter from which the actor is excluded is not in it. The log says who has taken it out.
    """
    require(actor, Permission.VIEW_CALLS, call)
    cases = [str(one.pk) for one in applications_of(actor, call) if one.is_from_office]
    audit.record(
        actor=actor,
        deed=Deed.PACK_CALL,
        right=Permission.VIEW_CALLS,
        target=call,
        after={"export": "package", "applications": len(cases)},
    )
    return files.begin_making(
        actor=actor,
        purpose=PURPOSE,
        about=f"{call.pk}/{_hidden(actor, call)}",
        name=files.archive_name(call.announced_title, str(call.year), extension="zip"),
        told={"cases": cases, "papers": list(_papers(actor, call))},
    )


def _hidden(actor: Actor, call: Call) -> int:
    """How many of its applications the actor does not see: one more closes what was made."""
    return Application.objects.filter(call=call).count() - applications_of(actor, call).count()


def _papers(actor: Actor, call: Call) -> Iterator[Part]:
    if not may(actor, Permission.DIVIDE_MONEY, call):
        return
    ready = Paper.objects.filter(recommendation__call=call, state=Paper.State.READY)
    whole = ready.select_related("recommendation__call", *ENDINGS)
    for paper in whole.order_by("made_at", "pk"):
        try:
            holding.refuse_unseen(actor, paper.recommendation)
        except RankingUnseen:
            continue
        for ending in ENDINGS:
            file = getattr(paper, ending)
            if file is not None:
                part = file_part(paper.get_kind_display(), format_moment(paper.made_at), file)
                yield {**part, "matter": str(call), "group": "00 - Nabór", "is_named": True}


def _parts(told: Mapping[str, Any]) -> Iterator[Part]:
    yield from told["papers"]
    yield from application_parts([UUID(pk) for pk in told["cases"]])


def _ask(actor: Actor, about: str) -> None:
    call_id, _, hidden = about.partition("/")
    call = calls_visible_to(actor).filter(pk=call_id).first()
    if call is None or str(_hidden(actor, call)) != hidden:
        raise NotFound
    require(actor, Permission.VIEW_CALLS, call)


MAKING = Making(None, _ask, lambda told: packed(_parts(told)))
