"""What is still to be answered, chased and corrected stands in the city's to-do list."""

from datetime import timedelta
from typing import Any

from django.db import migrations
from django.utils import timezone
from opium.calendar import day_of, take_days
from opium.polish import fold

AT_ONCE = 500


def write_down(apps: Any, _schema_editor: Any) -> None:
    waiting = apps.get_model("todo", "Waiting")
    for told in (_answers(apps), _chases(apps), _corrections(apps)):
        rows = [waiting(**one, search=_search(one)) for one in told]
        waiting.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def _search(row: dict[str, Any]) -> str:
    return fold(f"{row['what']} {row['title']} {row['details']}")


def _answers(apps: Any) -> Any:
    rows = apps.get_model("messaging", "Delivery").objects.filter(
        delivered_at__isnull=False, answer_version=0, message__answer_request__isnull=False
    )
    related = ("message__answer_request", "message__sent_by", "unit", "person")
    for one in rows.select_related(*related).iterator(chunk_size=AT_ONCE):
        request, sender = one.message.answer_request, one.message.sent_by
        person = one.person
        who = one.unit.short_name if person is None else _name(person)
        yield {
            "subject_kind": "messaging.delivery",
            "subject_id": one.pk,
            "code": "messaging.answer",
            "what": "Wypełnij i odeślij arkusz" if request.wants_workbook else "Odpowiedz",
            "title": one.message.subject,
            "details": f"od: {_name(sender)} · dla: {who}",
            "url": f"/messaging/inbox/{one.pk}",
            "person_id": one.person_id,
            "unit_id": one.unit_id,
            "who": who,
            "since": one.delivered_at,
            "due_at": request.due_at,
            "ends_at": request.locks_at,
            "remind_on": _day_before(request.due_at),
        }


def _day_before(due_at: Any) -> list[Any]:
    day = take_days(day_of(due_at), 1, "working") if due_at else None
    return [day] if day is not None and day > day_of(timezone.now()) else []


def _chases(apps: Any) -> Any:
    silent = apps.get_model("messaging", "Delivery").objects.filter(answer_version=0)
    rows = apps.get_model("messaging", "Message").objects.filter(
        state="sent",
        answer_request__due_at__gt=timezone.now() - timedelta(days=30),
        pk__in=silent.values("message"),
    )
    for one in rows.select_related("answer_request"):
        due_at = one.answer_request.due_at
        yield {
            "subject_kind": "messaging.message",
            "subject_id": one.pk,
            "code": "messaging.chase",
            "what": "Ponaglij tych, którzy nie odpowiedzieli",
            "title": one.subject,
            "details": "termin odpowiedzi minął",
            "url": f"/messaging/messages/{one.pk}?status=silent",
            "person_id": one.author_id,
            "since": due_at,
            "due_at": due_at,
            "ends_at": due_at + timedelta(days=30),
        }


def _corrections(apps: Any) -> Any:
    """Drafts that were given back by whoever had to accept them."""
    cases = apps.get_model("procedures", "Case").objects.filter(
        subject_kind="messaging.message", meaning="negative"
    )
    drafts = apps.get_model("messaging", "Message").objects.filter(
        state="draft", pk__in=cases.values("subject_id")
    )
    for one in drafts:
        yield {
            "subject_kind": "messaging.message",
            "subject_id": one.pk,
            "code": "messaging.correct",
            "what": "Popraw i wyślij ponownie",
            "title": one.subject or "(bez tematu)",
            "details": "zwrócono do poprawy",
            "url": f"/messaging/compose/{one.pk}",
            "person_id": one.author_id,
            "since": one.updated_at,
        }


def _name(person: Any) -> str:
    return f"{person.first_name} {person.last_name}".strip() or person.email


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0003_trouble"),
        ("procedures", "0005_waiting_moves_to_todo"),
        ("todo", "0001_waiting"),
    ]

    operations = [migrations.RunPython(write_down)]
