"""Celery in: ids come, one service is called; each is safe to run twice."""

from datetime import time

from opium.permissions import SYSTEM
from outbox.registry import task
from procedures.models import Case, Event, Letter, Waiting
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


@task("procedures.tell_reminder")
def tell_reminder(waiting_id: str, key: str) -> None:
    telling.tell_reminder(_waiting(waiting_id), key)


@task("procedures.tell_escalation")
def tell_escalation(waiting_id: str, function: str) -> None:
    telling.tell_escalation(_waiting(waiting_id), function)


@task("procedures.remind_deadlines", lease=900, daily_at=time(6))
def remind_deadlines() -> None:
    """Each morning: reminders, escalation, what time decides, members who came and went."""
    services.remind_cases()
    for case in Case.objects.filter(state=Case.State.OPEN, waitings__bars_own_unit=True).distinct():
        services.renew_waiting(case=case)


@task("procedures.render_letters", lease=900)
def render_letters(*letter_ids: str) -> None:
    for letter in Letter.objects.filter(pk__in=letter_ids).order_by("number"):
        letters.render_letter(actor=SYSTEM, letter=letter)


def _waiting(waiting_id: str) -> Waiting:
    return Waiting.objects.select_related("case__procedure", "person").get(pk=waiting_id)
