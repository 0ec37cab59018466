"""Cases, and their events, which the database refuses to change (function of migration 0001)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import opium.models
from django.conf import settings
from django.db import migrations, models


APPEND_ONLY = """
CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON procedures_event
    FOR EACH ROW EXECUTE FUNCTION procedures_refuse_change();
"""
CHANGEABLE = "DROP TRIGGER event_is_append_only ON procedures_event;"


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0002_immutable"),
        ("procedures", "0001_procedures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
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
                ("stage", models.CharField(max_length=60)),
                ("stage_kind", models.CharField(max_length=60)),
                ("stage_name", models.CharField(max_length=200)),
                ("public_name", models.CharField(max_length=200)),
                ("round", models.PositiveIntegerField(default=1)),
                ("entered", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                ("clocks", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "w toku"), ("closed", "zakończona")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "meaning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "jeszcze bez wyniku"),
                            ("positive", "załatwiona pozytywnie"),
                            ("negative", "załatwiona odmownie"),
                            ("withdrawn", "wycofana"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("subject_kind", models.CharField(blank=True, default="", max_length=60)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("unit_id", models.UUIDField(blank=True, null=True)),
                ("unit_name", models.CharField(blank=True, default="", max_length=200)),
                ("section_id", models.UUIDField(blank=True, null=True)),
                (
                    "authors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="tytuł")),
                (
                    "sign",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="znak"),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "ball_side",
                    models.CharField(
                        choices=[
                            ("applicant", "wnioskodawca"),
                            ("office", "urząd"),
                            ("asked", "zapytani o opinię"),
                            ("nobody", "nikt"),
                        ],
                        default="nobody",
                        max_length=10,
                    ),
                ),
                ("ball_since", models.DateTimeField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("seconds_paused", models.PositiveBigIntegerField(default=0)),
                ("search", models.TextField(default="", editable=False)),
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
                    "opened_by",
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
                        related_name="cases",
                        to="procedures.procedure",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="procedures.procedurerevision",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forms.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "sprawa",
                "verbose_name_plural": "sprawy",
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                ("action", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=200)),
                ("from_stage", models.CharField(blank=True, default="", max_length=60)),
                ("from_name", models.CharField(blank=True, default="", max_length=200)),
                ("to_stage", models.CharField(blank=True, default="", max_length=60)),
                ("to_name", models.CharField(blank=True, default="", max_length=200)),
                ("to_public_name", models.CharField(blank=True, default="", max_length=200)),
                ("outcome", models.CharField(blank=True, default="", max_length=60)),
                ("actor_name", models.CharField(max_length=201)),
                ("in_place_of_name", models.CharField(blank=True, default="", max_length=201)),
                ("part", models.CharField(blank=True, default="", max_length=60)),
                ("function", models.CharField(blank=True, default="", max_length=150)),
                ("reason", models.TextField(blank=True, default="", verbose_name="powód")),
                ("data", models.JSONField(default=dict)),
                ("details", models.JSONField(default=list)),
                ("is_public", models.BooleanField(default=False)),
                ("before", models.JSONField(default=dict)),
                ("is_undoable", models.BooleanField(default=False)),
                ("sheet_version", models.PositiveIntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="procedures.case",
                    ),
                ),
                (
                    "in_place_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="procedures.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "zdarzenie sprawy",
                "verbose_name_plural": "zdarzenia spraw",
                "ordering": ["case", "number"],
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
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
                ("stage", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=400)),
                ("is_declared", models.BooleanField()),
                ("excluded_in", models.PositiveIntegerField()),
                ("lifted_in", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="procedures.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wyłączenie",
                "verbose_name_plural": "wyłączenia",
            },
        ),
        migrations.CreateModel(
            name="Opinion",
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
                ("stage", models.CharField(max_length=60)),
                ("round", models.PositiveIntegerField()),
                ("unit_id", models.UUIDField(blank=True, null=True)),
                ("whom", models.CharField(max_length=300)),
                ("question", models.TextField(verbose_name="pytanie")),
                ("asked_at", models.DateTimeField()),
                ("asked_in", models.PositiveIntegerField()),
                ("due_at", models.DateTimeField()),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_in", models.PositiveIntegerField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_in", models.PositiveIntegerField(blank=True, null=True)),
                ("verdict", models.CharField(blank=True, default="", max_length=3)),
                ("answer", models.TextField(blank=True, default="", verbose_name="odpowiedź")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="procedures.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opinia",
                "verbose_name_plural": "opinie",
            },
        ),
        migrations.CreateModel(
            name="Vote",
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
                ("stage", models.CharField(max_length=60)),
                ("stage_name", models.CharField(max_length=200)),
                ("round", models.PositiveIntegerField()),
                ("function", models.CharField(max_length=60)),
                ("verdict", models.CharField(max_length=60)),
                ("verdict_label", models.CharField(max_length=200)),
                (
                    "points",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True),
                ),
                ("reason", models.TextField(blank=True, default="", verbose_name="powód")),
                ("at", models.DateTimeField()),
                ("cast_in", models.PositiveIntegerField()),
                ("is_valid", models.BooleanField(default=True)),
                ("cancelled_in", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="procedures.case",
                    ),
                ),
                (
                    "in_place_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "głos",
                "verbose_name_plural": "głosy",
            },
        ),
        migrations.CreateModel(
            name="Waiting",
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
                ("stage", models.CharField(max_length=60)),
                ("round", models.PositiveIntegerField()),
                ("function", models.CharField(blank=True, default="", max_length=60)),
                ("unit_id", models.UUIDField(blank=True, null=True)),
                ("who", models.CharField(blank=True, default="", max_length=300)),
                ("what", models.CharField(max_length=200)),
                (
                    "done_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("bars_own_unit", models.BooleanField(default=False)),
                ("since", models.DateTimeField()),
                ("opened_in", models.PositiveIntegerField()),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("closed_in", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "reminded",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waitings",
                        to="procedures.case",
                    ),
                ),
                (
                    "opinion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.opinion",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "oczekiwanie",
                "verbose_name_plural": "oczekiwania",
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["unit_id", "-opened_at"], name="case_by_unit"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["procedure", "state", "stage"], name="case_by_procedure"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["due_at"], name="case_by_due"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["-opened_at", "-id"], name="case_by_opening"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("meaning", ""), ("state", "open")),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("state", "closed"),
                        models.Q(("meaning", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="case_closed_has_a_date_and_a_meaning",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(("ball_side", "nobody"), ("due_at", None)),
                    _connector="OR",
                ),
                name="case_closed_waits_for_nobody",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open"), ("subject_id__isnull", False)),
                fields=("subject_kind", "subject_id"),
                name="one_open_case_per_subject",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor", "case"], name="event_by_actor"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("case", "number"), name="one_event_per_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="events_count_from_one"
            ),
        ),
        migrations.AddIndex(
            model_name="exclusion",
            index=models.Index(fields=["person", "case"], name="exclusion_by_person"),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_in", None)),
                fields=("case", "stage", "person"),
                name="one_exclusion_per_person_and_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="exclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("lifted_in", None),
                    ("lifted_in__gte", models.F("excluded_in")),
                    _connector="OR",
                ),
                name="exclusion_is_lifted_after_it_was_made",
            ),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["case", "stage", "round"], name="opinion_by_case"),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["person"], name="opinion_by_person"),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(fields=["unit_id"], name="opinion_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("person", None), ("unit_id__isnull", False)),
                    models.Q(("person__isnull", False), ("unit_id", None)),
                    _connector="OR",
                ),
                name="opinion_is_asked_of_a_person_or_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("verdict", "")),
                    models.Q(("answered_at__isnull", False), ("verdict__in", ["yes", "no"])),
                    _connector="OR",
                ),
                name="opinion_answered_has_a_verdict",
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(fields=["person", "case"], name="vote_by_person"),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_valid", True)),
                fields=("case", "stage", "round", "person", "function"),
                name="one_valid_vote_per_person_and_function",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("points", None), ("verdict", "scored"), _connector="OR"),
                name="vote_with_points_is_a_score",
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["function", "due_at"],
                name="waiting_open_by_function",
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["person"],
                name="waiting_open_by_person",
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["unit_id"],
                name="waiting_open_by_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="waiting",
            index=models.Index(fields=["case", "done_at"], name="waiting_by_case"),
        ),
        migrations.AddConstraint(
            model_name="waiting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("function", ""), _negated=True), ("person", None)),
                    models.Q(("function", ""), ("person__isnull", False), ("unit_id", None)),
                    models.Q(("function", ""), ("person", None), ("unit_id__isnull", False)),
                    _connector="OR",
                ),
                name="waiting_is_for_one_side",
            ),
        ),
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
    ]
