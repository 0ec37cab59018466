"""Celery in: ids come, one service is called; each is safe to run twice."""

from datetime import datetime

from modules.applications import services
from modules.applications.models import Award, Paper
from opium.permissions import SYSTEM
from outbox.registry import CONTENT, task


@task("applications.publish_due", label="Ogłoszenie decyzji o zaplanowanej godzinie")
def publish_due(recommendation_id: str, at: str) -> None:
    services.publish_due(recommendation_id=recommendation_id, at=datetime.fromisoformat(at))


def _award_given_up(award_id: str, *, sentence: str) -> str:
    return services.note_stuck(award_id=award_id, sentence=sentence)


@task(
    "applications.carry_award",
    label="Wpisanie decyzji do sprawy wniosku",
    on_given_up=_award_given_up,
)
def carry_award(award_id: str) -> None:
    found = Award.objects.select_related("recommendation__call").filter(pk=award_id).first()
    if found is not None:
        services.carry_award(actor=SYSTEM, award=found)


def _paper_given_up(paper_id: str, *, sentence: str) -> str:
    return services.fail_paper(paper_id=paper_id, sentence=sentence)


@task(
    "applications.draw_paper",
    label="Przygotowanie dokumentu naboru",
    queue=CONTENT,
    on_given_up=_paper_given_up,
)
def draw_paper(paper_id: str) -> None:
    found = Paper.objects.select_related("recommendation__call").filter(pk=paper_id).first()
    if found is not None:
        services.draw_paper(actor=SYSTEM, paper=found)
