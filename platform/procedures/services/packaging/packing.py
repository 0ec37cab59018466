"""Asking for a whole matter as one ZIP, and packing it in the background."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from audit import services as audit
from documents import pdf
from files import services as files
from files.registry import Making
from opium.permissions import Actor
from opium.polish import format_moment
from procedures.deeds import Deed
from procedures.models import Case
from procedures.pages import CasePage, page_of
from procedures.selectors.case_list import case_visible_to
from procedures.services.entrusted.papers import (
    PACKAGE,
    Part,
    file_part,
    letter_parts,
    packed,
    sheet_parts,
)
from procedures.services.packaging.story import story_of
from procedures.waits import OWNER
from threads import selectors as threads

if TYPE_CHECKING:
    from files.models import FileMaking
    from threads.models import Post

PURPOSE = PACKAGE


@transaction.atomic
def pack_case(*, actor: Actor, case: Case) -> "FileMaking":
    """Have everything that the actor sees of the case put into one ZIP, in the background.

    What stands in it is gathered now: the story, each submitted version with its files, letters,
    and what was asked with its files; whoever asks from the applicant's side gets their own part.
    The log says who has taken it out. Raises `NotFound`, also for whoever may not know yet whose
    the case is: attachments and letters would tell.
    """
    case_visible_to(actor, case.pk)
    page = page_of(actor, case.pk)
    parts = [
        {**one, "matter": str(page.case), "group": f"{number:02}"}
        for number, one in enumerate(_parts(actor, page), start=1)
    ]
    audit.record(
        actor=actor,
        deed=Deed.PACK_CASE,
        right=None,
        target=page.case,
        after={"export": "package", "files": len(parts)},
    )
    return files.begin_making(
        actor=actor,
        purpose=PURPOSE,
        about=f"{case.pk}/package",
        name=files.archive_name(page.case.sign, page.case.title, extension="zip"),
        told={"parts": parts},
    )


def _parts(actor: Actor, page: CasePage) -> Iterator[Part]:
    posts = _posts(actor, page)
    yield {"what": "Przebieg sprawy", "when": "", "page": pdf.told(story_of(page, posts))}
    yield from _sheets(page)
    yield from letter_parts([one.id for one in page.letters])
    for post in posts:
        for one in post.in_order:
            yield file_part("Pytania i odpowiedzi", format_moment(post.created_at), one.file)


def _posts(actor: Actor, page: CasePage) -> "list[Post]":
    if "read_questions" not in page.can:
        return []
    return threads.thread_of(actor, OWNER, page.case.pk).posts


def _sheets(page: CasePage) -> Iterator[Part]:
    seen = {one.id: one for one in page.sheets}
    for sheet in page.look.sheets:
        shown = seen.get(sheet.pk)
        if shown is not None:
            title = " - ".join(filter(None, (shown.title, shown.person)))
            yield from sheet_parts(sheet, title)


def _ask(actor: Actor, about: str) -> None:
    case_visible_to(actor, UUID(about.partition("/")[0]))


MAKING = Making(None, _ask, lambda told: packed(told["parts"]))
