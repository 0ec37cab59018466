from typing import Any

from django.db import migrations

import opium.models


def fill(apps: Any, _schema_editor: Any) -> None:
    opium.models.filled(apps.get_model("budget", "Classification").objects.all(), "sort_key")


class Migration(migrations.Migration):
    dependencies = [("budget", "0002_ledger")]

    operations = [
        migrations.AddField(
            model_name="classification",
            name="sort_key",
            field=opium.models.SortKeyField(
                db_collation="C", default="", editable=False, max_length=500, source="name"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
