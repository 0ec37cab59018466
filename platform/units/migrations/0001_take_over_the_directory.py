"""The directory's tables become this room's, as they stand: nothing in the database changes.

They keep their names, so a city that exists and one that is opened today have the same ones.
"""

import django.db.models.deletion
import django.db.models.functions.text
import opium.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("directory", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Section",
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
                        ("code", models.CharField(max_length=20, verbose_name="symbol")),
                        ("name", models.CharField(max_length=200, verbose_name="nazwa")),
                        (
                            "sort_key",
                            opium.models.SortKeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                max_length=500,
                                source="name",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "referat",
                        "db_table": "directory_section",
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("code"),
                                name="one_section_per_code",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnitKind",
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
                        ("code", models.SlugField(max_length=40, verbose_name="kod")),
                        ("name", models.CharField(max_length=100, verbose_name="nazwa")),
                        (
                            "name_plural",
                            models.CharField(
                                max_length=100, verbose_name="nazwa w liczbie mnogiej"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="kolejność"),
                        ),
                    ],
                    options={
                        "verbose_name": "rodzaj jednostek",
                        "db_table": "directory_unitkind",
                        "ordering": ["position", "code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("code",), name="one_kind_per_code")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
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
                        (
                            "short_name",
                            models.CharField(max_length=100, verbose_name="nazwa skrócona"),
                        ),
                        ("name", models.CharField(max_length=500, verbose_name="nazwa")),
                        (
                            "street",
                            models.CharField(
                                blank=True, default="", max_length=200, verbose_name="ulica"
                            ),
                        ),
                        (
                            "building",
                            models.CharField(
                                blank=True, default="", max_length=30, verbose_name="numer budynku"
                            ),
                        ),
                        (
                            "flat",
                            models.CharField(
                                blank=True, default="", max_length=30, verbose_name="numer lokalu"
                            ),
                        ),
                        (
                            "postal_code",
                            models.CharField(
                                blank=True, default="", max_length=10, verbose_name="kod pocztowy"
                            ),
                        ),
                        (
                            "city",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="miejscowość"
                            ),
                        ),
                        (
                            "phone",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="telefon"
                            ),
                        ),
                        (
                            "email",
                            models.CharField(
                                blank=True, default="", max_length=254, verbose_name="e-mail"
                            ),
                        ),
                        (
                            "website",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=300,
                                verbose_name="strona internetowa",
                            ),
                        ),
                        (
                            "nip",
                            models.CharField(
                                blank=True, default="", max_length=10, verbose_name="NIP"
                            ),
                        ),
                        (
                            "regon",
                            models.CharField(
                                blank=True, default="", max_length=14, verbose_name="REGON"
                            ),
                        ),
                        (
                            "edoreczenia",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=40,
                                verbose_name="adres do e-Doręczeń",
                            ),
                        ),
                        (
                            "opened_on",
                            models.DateField(blank=True, null=True, verbose_name="data założenia"),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="data zamknięcia"),
                        ),
                        ("register_values", models.JSONField(default=dict, editable=False)),
                        (
                            "sort_key",
                            opium.models.SortKeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                max_length=500,
                                source="short_name",
                            ),
                        ),
                        (
                            "search",
                            opium.models.FoldedField(
                                default="",
                                editable=False,
                                sources=("short_name", "name", "street", "building", "city"),
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to="units.unitkind",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "jednostka",
                        "verbose_name_plural": "jednostki",
                        "db_table": "directory_unit",
                    },
                ),
                migrations.CreateModel(
                    name="RegisterEntry",
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
                        ("rspo", models.CharField(max_length=12, verbose_name="numer RSPO")),
                        (
                            "type",
                            models.CharField(
                                blank=True, default="", max_length=150, verbose_name="typ"
                            ),
                        ),
                        ("name", models.CharField(max_length=500, verbose_name="nazwa")),
                        (
                            "status",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=150,
                                verbose_name="status publiczności",
                            ),
                        ),
                        (
                            "organ",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=300,
                                verbose_name="organ prowadzący",
                            ),
                        ),
                        (
                            "teryt",
                            models.CharField(
                                blank=True, default="", max_length=7, verbose_name="kod TERYT gminy"
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="data likwidacji"),
                        ),
                        ("is_main", models.BooleanField(default=False)),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="units.unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "wpis w RSPO",
                        "db_table": "directory_registerentry",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_main", True)),
                                fields=("unit",),
                                name="one_main_entry_per_unit",
                            ),
                            models.UniqueConstraint(
                                fields=("rspo",), name="one_entry_per_rspo_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rspo__regex", "^[1-9][0-9]*$")),
                                name="rspo_number_is_digits",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                        (
                            "position",
                            models.CharField(
                                blank=True, default="", max_length=100, verbose_name="stanowisko"
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="od")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="do")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="osoba",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="units.section",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="units.unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "przynależność",
                        "db_table": "directory_membership",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("section__isnull", False), ("unit", None)),
                                    models.Q(("section", None), ("unit__isnull", False)),
                                    _connector="OR",
                                ),
                                name="membership_is_of_a_unit_or_a_section",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from", None),
                                    ("valid_to", None),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="membership_ends_after_it_begins",
                            ),
                            models.UniqueConstraint(
                                fields=("person", "unit", "section", "position", "valid_from"),
                                name="no_membership_twice",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Group",
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
                        ("name", models.CharField(max_length=150, verbose_name="nazwa")),
                        (
                            "description",
                            models.CharField(
                                blank=True, default="", max_length=500, verbose_name="opis"
                            ),
                        ),
                        (
                            "sort_key",
                            opium.models.SortKeyField(
                                db_collation="C",
                                default="",
                                editable=False,
                                max_length=500,
                                source="name",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "people",
                            models.ManyToManyField(
                                blank=True, related_name="+", to=settings.AUTH_USER_MODEL
                            ),
                        ),
                        (
                            "units",
                            models.ManyToManyField(
                                blank=True, related_name="groups", to="units.unit"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grupa",
                        "verbose_name_plural": "grupy",
                        "db_table": "directory_group",
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="one_group_per_name",
                            )
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="unit",
                    index=models.Index(fields=["sort_key"], name="unit_by_short_name"),
                ),
                migrations.AddConstraint(
                    model_name="unit",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("short_name"),
                        condition=models.Q(("closed_on", None)),
                        name="one_open_unit_per_short_name",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="unit",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("short_name", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="unit_has_a_short_name",
                    ),
                ),
            ]
        )
    ]
