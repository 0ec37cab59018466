"""Reminders come from every module now: what people have chosen for those of cases goes on."""

from typing import Any

from django.db import migrations

RENAMED = {
    "procedures.deadline_near": "todo.deadline_near",
    "procedures.case_escalated": "todo.escalated",
}


def rename(apps: Any, _schema_editor: Any) -> None:
    for name in ("Preference", "Notification"):
        model = apps.get_model("notifications", name)
        for old, new in RENAMED.items():
            model.objects.filter(kind=old).update(kind=new)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_never_sent")]

    operations = [migrations.RunPython(rename)]
