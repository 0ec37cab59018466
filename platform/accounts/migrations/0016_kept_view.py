import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import opium.models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_motion_knows_the_way_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=opium.models.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("screen", models.CharField(max_length=60)),
                ("name", models.CharField(blank=True, default="", max_length=60)),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("ordering", models.CharField(blank=True, default="", max_length=100)),
                ("filters", models.JSONField(blank=True, default=dict)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "widok listy",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "screen", "name"), name="one_kept_view_of_a_name"
                    )
                ],
            },
        ),
    ]
