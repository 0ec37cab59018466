"""Calls, their editions, which the database refuses to change, and applications."""

import django.db.models.deletion
import opium.models
from django.conf import settings
from django.db import migrations, models


IMMUTABLE = """
CREATE FUNCTION applications_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER edition_is_immutable BEFORE UPDATE OR DELETE ON applications_calledition
    FOR EACH ROW EXECUTE FUNCTION applications_refuse_change();
"""
MUTABLE = """
DROP TRIGGER edition_is_immutable ON applications_calledition;
DROP FUNCTION applications_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("messaging", "0010_order_of_subjects"),
        ("procedures", "0009_how_a_case_came_in"),
        ("units", "0001_take_over_the_directory"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
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
                ("title", models.CharField(max_length=200, verbose_name="tytuł")),
                ("year", models.PositiveSmallIntegerField(verbose_name="rok")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "szkic"),
                            ("published", "ogłoszony"),
                            ("closed", "zamknięty"),
                            ("settled", "rozliczony"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("is_test", models.BooleanField(default=False, verbose_name="nabór próbny")),
                ("rules", models.JSONField(default=dict, verbose_name="zasady")),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
                (
                    "sort_key",
                    opium.models.SortKeyField(
                        db_collation="C", default="", editable=False, max_length=500, source="title"
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="applications.call",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedure",
                        verbose_name="procedura",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.procedurerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "nabór",
                "verbose_name_plural": "nabory",
            },
        ),
        migrations.CreateModel(
            name="CallEdition",
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
                ("title", models.CharField(max_length=200)),
                ("rules", models.JSONField()),
                ("differences", models.JSONField(default=list)),
                ("reason", models.TextField(blank=True, default="", verbose_name="powód")),
                ("published_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="editions",
                        to="applications.call",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="messaging.message",
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
                "verbose_name": "wydanie naboru",
                "verbose_name_plural": "wydania naboru",
            },
        ),
        migrations.AddField(
            model_name="call",
            name="edition",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.calledition",
            ),
        ),
        migrations.CreateModel(
            name="Application",
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
                ("round", models.CharField(max_length=40, verbose_name="tura")),
                (
                    "submitted_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="złożono"),
                ),
                (
                    "person_digest",
                    models.CharField(blank=True, default="", editable=False, max_length=64),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
                        to="procedures.case",
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="applications.application",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="applications.call",
                    ),
                ),
            ],
            options={
                "verbose_name": "wniosek",
                "verbose_name_plural": "wnioski",
                "indexes": [
                    models.Index(fields=["call", "unit"], name="application_by_unit"),
                    models.Index(
                        condition=models.Q(("person_digest", ""), _negated=True),
                        fields=["call", "person_digest"],
                        name="application_by_person",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("unit", None), ("applicant", None), _connector="OR"),
                        name="application_is_of_a_unit_or_a_person",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="calledition",
            constraint=models.UniqueConstraint(
                fields=("call", "number"), name="one_edition_per_number"
            ),
        ),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["-year", "sort_key"], name="call_by_year"),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("edition", None), ("revision", None), ("state", "draft")),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("edition__isnull", False),
                        ("revision__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="call_published_has_an_edition_and_a_revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at", None),
                        ("settled_at", None),
                        ("state__in", ["draft", "published"]),
                    ),
                    models.Q(
                        ("closed_at__isnull", False), ("settled_at", None), ("state", "closed")
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("settled_at__isnull", False),
                        ("state", "settled"),
                    ),
                    _connector="OR",
                ),
                name="call_closed_has_a_date",
            ),
        ),
        migrations.RunSQL(IMMUTABLE, MUTABLE),
    ]
