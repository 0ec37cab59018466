"""Running cases learn over which stages they have gone back: read again from their events."""

from typing import Any

from django.db import migrations

AT_ONCE = 500


def mark(apps: Any, _schema_editor: Any) -> None:
    cases, events = (apps.get_model("procedures", name) for name in ("Case", "Event"))
    running = cases.objects.filter(state="open").order_by("pk")
    for case in running.iterator(chunk_size=AT_ONCE):
        known, told = case.entered, _replayed(events.objects.filter(case=case))
        if _bare(told) != _bare(known):
            continue
        marks = {stage: one for stage, one in told.items() if one.get("undone")}
        case.entered = known | {stage: {**known[stage], "undone": True} for stage in marks}
        if case.entered != known:
            case.save(update_fields=["entered"])


def _replayed(events: Any) -> dict[str, dict[str, Any]]:
    """The stages as the events entered them, but for steps that were undone and their undoing."""
    undone = events.filter(undoes__isnull=False).values("undoes")
    steps = events.filter(undoes=None).exclude(to_stage="").exclude(pk__in=undone)
    entered: dict[str, dict[str, Any]] = {}
    for stage in steps.order_by("number").values_list("to_stage", flat=True):
        before = entered.get(stage)
        if before is not None and not before.get("undone"):
            for one in entered.values():
                if one["order"] >= before["order"]:
                    one["undone"] = True
        order = 1 + max((one["order"] for one in entered.values()), default=0)
        entered[stage] = {"round": before["round"] + 1 if before else 1, "order": order}
    return entered


def _bare(entered: dict[str, dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """What shows whether the events tell the whole story; where not, a case stays as it is."""
    return {stage: (one["round"], one["order"]) for stage, one in entered.items()}


class Migration(migrations.Migration):
    dependencies = [("procedures", "0006_order_of_classes")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
