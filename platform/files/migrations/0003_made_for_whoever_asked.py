import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import opium.models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_read_and_checked_in_the_background"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FileMaking",
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
                ("purpose", models.CharField(max_length=50)),
                ("about", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=255)),
                ("told", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "czeka"),
                            ("running", "trwa"),
                            ("done", "gotowe"),
                            ("failed", "nie powiodło się"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("lines", models.JSONField(default=list)),
                ("failure", models.TextField(blank=True, default="")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="files.file",
                    ),
                ),
            ],
            options={
                "verbose_name": "przygotowanie pliku",
                "verbose_name_plural": "przygotowania plików",
                "indexes": [
                    models.Index(fields=["asked_by", "purpose", "about"], name="making_by_asker")
                ],
            },
        ),
    ]
