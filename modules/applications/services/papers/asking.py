"""Asking for a document, and taking it out."""

from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.errors import DecisionNotPublished, PaperNotReady
from modules.applications.models import Paper, Recommendation
from modules.applications.permissions import Permission
from modules.applications.selectors import (
    RecommendationShown,
    questions_of,
    recommendation_shown,
)
from modules.applications.services import holding
from modules.applications.services.papers import values
from modules.applications.services.papers.naming import Naming
from opium.errors import FieldError, Invalid
from opium.permissions import SYSTEM, Actor, require
from outbox.services import after_commit

if TYPE_CHECKING:
    from files.models import File

Ending = Literal["pdf", "docx", "html", "xlsx"]


@transaction.atomic
def ask_paper(
    *, actor: Actor, recommendation: Recommendation, kind: str, naming: Naming | None = None
) -> Paper:
    """Have a document drawn up from what stands now; `naming` is for the list of results.

    Raises `RankingUnseen` for whoever does not see every application in it,
    `DecisionNotPublished` for results before their publication, and `Invalid` for initials of
    answers that are no names.
    """
    require(actor, Permission.DIVIDE_MONEY, recommendation.call)
    if kind == Paper.Kind.RESULTS and recommendation.state != Recommendation.State.AWARDED:
        raise DecisionNotPublished
    holding.refuse_unseen(actor, recommendation)
    naming = naming or Naming()
    if kind == Paper.Kind.RESULTS:
        _refuse_nameless(naming, recommendation)
    shown = recommendation_shown(SYSTEM, recommendation)
    paper = Paper.objects.create(
        recommendation=recommendation,
        kind=kind,
        values=_values(shown, kind, naming),
        made_at=timezone.now(),
        made_by_id=actor.pk,
    )
    audit.record(
        actor=actor,
        deed=Deed.ASK_PAPER,
        right=Permission.DIVIDE_MONEY,
        target=paper,
        after={"kind": kind},
    )
    after_commit("applications.draw_paper", str(paper.pk))
    return paper


def _refuse_nameless(naming: Naming, recommendation: Recommendation) -> None:
    """The list would say that people are told by their initials, and tell them by numbers."""
    if naming.how != "initials":
        return
    names = {key for key, one in questions_of(recommendation.call).items() if one.is_name}
    if not naming.questions or not names.issuperset(naming.questions):
        sentence = "Wskaż pytanie z imieniem i nazwiskiem, z którego wziąć inicjały."
        raise Invalid(errors=[FieldError("questions", sentence)])


def _values(shown: RecommendationShown, kind: str, naming: Naming) -> dict[str, object]:
    if kind == Paper.Kind.RESULTS:
        return values.of_results(shown, naming)
    return values.of_recommendation(shown)


@transaction.atomic
def download_paper(*, actor: Actor, paper: Paper, ending: Ending) -> "File":
    """One file of the document; on record. Raises `RankingUnseen`, `PaperNotReady`."""
    require(actor, Permission.DIVIDE_MONEY, paper.recommendation.call)
    holding.refuse_unseen(actor, paper.recommendation)
    found: File | None = getattr(paper, ending)
    if found is None:
        raise PaperNotReady
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_PAPER,
        right=Permission.DIVIDE_MONEY,
        target=paper,
        after={"file": found.name},
    )
    return found
