from typing import Any

from django.db import migrations

import opium.models


def fill(apps: Any, _schema_editor: Any) -> None:
    opium.models.filled(apps.get_model("procedures", "CaseClass").objects.all(), "sort_key")


class Migration(migrations.Migration):
    dependencies = [("procedures", "0005_waiting_moves_to_todo")]

    operations = [
        migrations.AddField(
            model_name="caseclass",
            name="sort_key",
            field=opium.models.SortKeyField(
                db_collation="C", default="", editable=False, max_length=500, source="name"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
