"""Celery in: ids come, one service is called; each is safe to run twice."""

from datetime import time

from opium.permissions import SYSTEM
from outbox.registry import task
from procedures.kinds import KINDS
from procedures.models import Case, Event, Letter
from procedures.services import cases as services
from procedures.services import letters
from procedures.services.cases import telling


@task("procedures.tell_event")
def tell_event(event_id: str) -> None:
    telling.tell_event(Event.objects.select_related("case__procedure").get(pk=event_id))


@task("procedures.tell_effect")
def tell_effect(event_id: str, who: str, sentence: str) -> None:
    event = Event.objects.select_related("case__procedure").get(pk=event_id)
    telling.tell_effect(event, who, sentence)


@task("procedures.let_time_decide", lease=900, daily_at=time(6))
def let_time_decide() -> None:
    """Each morning: what time decides, members who came and went."""
    services.let_time_decide()
    scored = [code for code, kind in KINDS.items() if kind.has_members]
    for case in Case.objects.filter(state=Case.State.OPEN, stage_kind__in=scored):
        services.renew_waiting(case=case)


@task("procedures.render_letters", lease=900)
def render_letters(*letter_ids: str) -> None:
    for letter in Letter.objects.filter(pk__in=letter_ids).order_by("number"):
        letters.render_letter(actor=SYSTEM, letter=letter)
