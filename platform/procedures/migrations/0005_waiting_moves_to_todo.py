"""On whom cases wait, and the calendars' addresses, stand in the city's one list from now on."""

from datetime import date, timedelta
from typing import Any

from django.db import migrations
from opium.calendar import add_days, day_of, take_days
from opium.polish import fold

AT_ONCE = 500


def move_waiting(apps: Any, _schema_editor: Any) -> None:
    old = apps.get_model("procedures", "Waiting")
    new = apps.get_model("todo", "Waiting")
    rows = old.objects.select_related(
        "case__procedure", "case__revision", "case__applicant", "person"
    )
    batch: list[Any] = []
    for row in rows.order_by("pk").iterator(chunk_size=AT_ONCE):
        moved = _moved(new, row)
        if moved is not None:
            batch.append(moved)
        if len(batch) == AT_ONCE:
            new.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    new.objects.bulk_create(batch, ignore_conflicts=True)


def _moved(new: Any, row: Any) -> Any:
    case = row.case
    who = _whom(row)
    if who is None:
        return None
    details = " · ".join(filter(None, (case.sign, case.procedure.name, case.unit_name)))
    is_message = case.subject_kind == "messaging.message"
    return new(
        id=row.pk,
        subject_kind="procedures.case",
        subject_id=case.pk,
        what=row.what,
        title=case.title,
        details=details[:400],
        url=f"/messaging/acceptance/{case.subject_id}"
        if is_message
        else f"/procedures/cases/{case.pk}",
        search=fold(f"{row.what} {case.title} {details}"),
        kind_id=case.procedure_id,
        who=row.who,
        excused=row.done_by,
        barred_unit_id=case.unit_id if row.bars_own_unit else None,
        since=row.since,
        due_at=row.due_at,
        opened_in=row.opened_in,
        closed_in=row.closed_in,
        done_at=row.done_at,
        **who,
        **_reminders(row),
    )


def _whom(row: Any) -> dict[str, Any] | None:
    """The kind of row, and whom it means."""
    case = row.case
    if row.opinion_id is not None:
        return {
            "code": "procedures.give_opinion",
            "part": row.opinion_id.hex,
            "person_id": row.person_id,
            "unit_id": row.unit_id,
        }
    if row.function != "applicant":
        place = {"unit_id": case.unit_id, "section_id": case.section_id}
        return {"code": "procedures.act", "function": row.function, **place}
    if case.unit_id is not None:
        return {"code": "procedures.apply", "unit_id": case.unit_id}
    if case.applicant_id is not None:
        return {"code": "procedures.apply", "person_id": case.applicant_id}
    return None


def _reminders(row: Any) -> dict[str, Any]:
    """The days that the stage's deadline means, and which of them were told of."""
    stages = {one["key"]: one for one in row.case.revision.definition["stages"]}
    deadline = stages.get(row.stage, {}).get("deadline")
    if row.due_at is None or not deadline:
        return {}
    end, counted = day_of(row.due_at), deadline.get("counted", "calendar")

    def day(side: str, days: str) -> date:
        if side == "before":
            return take_days(end, int(days), counted)
        return add_days(end, int(days), counted)

    asked = [("before", days) for days in deadline.get("remind_before") or ()]
    asked += [("after", days) for days in deadline.get("remind_after") or ()]
    function = deadline.get("escalate_to") or ""
    late = add_days(end, deadline.get("escalate_after") or 0, counted)
    return {
        "remind_on": sorted({day(*one) for one in asked}),
        "reminded_on": max((day(*key.split(":")) for key in row.reminded), default=None),
        "escalate_to": function,
        "escalate_on": max(late, end + timedelta(days=1)) if function else None,
        "escalated_at": row.escalated_at,
    }


class Migration(migrations.Migration):
    dependencies = [("procedures", "0004_trouble"), ("todo", "0001_waiting")]

    operations = [
        migrations.RunPython(move_waiting),
        migrations.RunSQL(
            "INSERT INTO todo_calendarlink (id, created_at, updated_at, digest, used_at, person_id)"
            " SELECT id, created_at, updated_at, digest, used_at, person_id"
            " FROM procedures_calendarlink"
        ),
        migrations.DeleteModel(name="CalendarLink"),
        migrations.DeleteModel(name="Waiting"),
    ]
