"""Celery in: ids come, one service is called; each is safe to run twice."""

from collections.abc import Callable
from datetime import date, time
from typing import Any
from uuid import UUID

from opium.permissions import SYSTEM
from outbox.registry import task
from procedures.models import Case, Event, Letter
from procedures.services import correspondence, steps
from procedures.services.entrusted import panels
from procedures.services.steps import telling


def _of_case(said: str, find: Callable[[str], Case | None]) -> dict[str, Any]:
    """How the case that a job was for is marked, and waits again."""

    def given_up(subject_id: str, *_args: str, sentence: str) -> str:
        case = find(subject_id)
        return steps.note_trouble(case=case, sentence=f"{said} {sentence}") if case else ""

    def tried_again(subject_id: str, *_args: str) -> None:
        if (case := find(subject_id)) is not None:
            steps.settle_trouble(case=case)

    return {"on_given_up": given_up, "on_tried_again": tried_again}


def _case(case_id: str) -> Case | None:
    """None for a trial that was thrown away meanwhile: nobody waits for its jobs."""
    return Case.objects.filter(pk=case_id).first()


def _case_of_event(event_id: str) -> Case | None:
    event = _event(event_id)
    return event.case if event is not None else None


@task(
    "procedures.tell_event",
    label="Powiadomienie o kroku sprawy",
    **_of_case("Nie powiadomiono wszystkich o ostatnim kroku.", _case_of_event),
)
def tell_event(event_id: str) -> None:
    if (event := _event(event_id)) is not None:
        telling.tell_event(event)


@task(
    "procedures.tell_effect",
    label="Powiadomienie, które wysyła krok sprawy",
    **_of_case("Nie wysłano powiadomienia, które przewiduje procedura.", _case_of_event),
)
def tell_effect(event_id: str, who: str, sentence: str) -> None:
    if (event := _event(event_id)) is not None:
        telling.tell_effect(event, who, sentence)


@task(
    "procedures.follow_time",
    label="Poranny przegląd terminów spraw",
    lease=900,
    daily_at=time(6),
)
def follow_time() -> None:
    """Each morning: what time decides, members who came and went."""
    steps.plan_time_decisions()
    steps.renew_all_waiting()


@task("procedures.members_change", label="Karty ocen dla osób, które właśnie dołączyły")
def members_change() -> None:
    """Somebody came or went while cases are scored."""
    steps.follow_members()


@task(
    "procedures.let_time_decide",
    label="Krok sprawy po upływie terminu",
    **_of_case("Termin minął, a sprawa nie poszła dalej.", _case),
)
def let_time_decide(case_id: str, day: str) -> None:
    steps.let_time_decide(case_id=UUID(case_id), today=date.fromisoformat(day))


@task(
    "procedures.renew_waiting",
    label="Odświeżenie osób, na które czeka sprawa",
    **_of_case("Nie odświeżono listy osób, na które czeka sprawa.", _case),
)
def renew_waiting(case_id: str) -> None:
    if (case := _case(case_id)) is not None:
        steps.renew_waiting(case=case)


@task("procedures.renew_panel", label="Zmiana składu komisji")
def renew_panel(panel_id: str) -> None:
    """A seat of the panel has begun or ended."""
    panels.renew_panel(UUID(panel_id))


def _letter_given_up(letter_id: str, *, sentence: str) -> str:
    letter = _letter(letter_id)
    return correspondence.fail_letter(letter=letter, sentence=sentence) if letter else ""


def _letter_tried_again(letter_id: str) -> None:
    if (letter := _letter(letter_id)) is not None:
        correspondence.await_letter(letter=letter)


@task(
    "procedures.render_letter",
    label="Przygotowanie pisma",
    on_given_up=_letter_given_up,
    on_tried_again=_letter_tried_again,
)
def render_letter(letter_id: str) -> None:
    if (letter := _letter(letter_id)) is not None:
        correspondence.render_letter(actor=SYSTEM, letter=letter)


def _letter(letter_id: str) -> Letter | None:
    return Letter.objects.filter(pk=letter_id).first()


def _event(event_id: str) -> Event | None:
    return Event.objects.select_related("case__procedure").filter(pk=event_id).first()
