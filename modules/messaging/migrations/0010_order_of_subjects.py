from typing import Any

from django.db import migrations

import opium.models


def fill(apps: Any, _schema_editor: Any) -> None:
    opium.models.filled(apps.get_model("messaging", "Message").objects.all(), "sort_key")


class Migration(migrations.Migration):
    dependencies = [("messaging", "0009_answers_on_paper")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="sort_key",
            field=opium.models.SortKeyField(
                db_collation="C", default="", editable=False, max_length=500, source="subject"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
