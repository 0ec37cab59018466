from typing import Any

from django.db import migrations

import opium.models


def fill(apps: Any, _schema_editor: Any) -> None:
    opium.models.filled(apps.get_model("todo", "Waiting").objects.all(), "sort_key")


class Migration(migrations.Migration):
    dependencies = [("todo", "0002_whole_city")]

    operations = [
        migrations.AddField(
            model_name="waiting",
            name="sort_key",
            field=opium.models.SortKeyField(
                db_collation="C", default="", editable=False, max_length=500, source="title"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
