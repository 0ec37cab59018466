"""Procedures and what was published of them, which the database refuses to change."""

import django.db.models.deletion
import opium.models
from django.conf import settings
from django.db import migrations, models

IMMUTABLE = """
CREATE FUNCTION procedures_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER revision_is_immutable BEFORE UPDATE OR DELETE ON procedures_procedurerevision
    FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change();
"""
MUTABLE = """
DROP TRIGGER revision_is_immutable ON procedures_procedurerevision;
DROP FUNCTION procedures_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("forms", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Procedure",
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
                ("name", models.CharField(max_length=200, verbose_name="nazwa")),
                (
                    "noun",
                    models.CharField(default="sprawa", max_length=60, verbose_name="nazwa sprawy"),
                ),
                ("description", models.TextField(blank=True, default="", verbose_name="opis")),
                ("draft", models.JSONField(default=dict, verbose_name="szkic")),
                ("draft_version", models.PositiveIntegerField(default=1)),
                (
                    "form",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forms.form",
                    ),
                ),
                ("is_archived", models.BooleanField(default=False, verbose_name="w archiwum")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "sort_key",
                    opium.models.SortKeyField(
                        db_collation="C", default="", editable=False, max_length=500, source="name"
                    ),
                ),
            ],
            options={
                "verbose_name": "procedura",
                "verbose_name_plural": "procedury",
                "indexes": [
                    models.Index(fields=["position", "sort_key"], name="procedure_by_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcedureRevision",
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
                ("number", models.PositiveIntegerField()),
                ("definition", models.JSONField()),
                ("bindings", models.JSONField(default=dict)),
                ("differences", models.JSONField(default=list)),
                ("published_at", models.DateTimeField(auto_now_add=True)),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wydanie procedury",
                "verbose_name_plural": "wydania procedur",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("procedure", "number"), name="one_revision_per_number"
                    )
                ],
            },
        ),
        migrations.RunSQL(IMMUTABLE, MUTABLE),
    ]
