"""What of the starting roles a city has; for those opened before, recognised by their names."""

import django.contrib.postgres.fields
import django.db.models.deletion
from typing import Any

import opium.models
from django.db import migrations, models

THEN = {
    "accountant": (
        "Główny księgowy",
        [
            "directory.view_units",
            "messaging.answer_message",
            "procedures.open_case",
        ],
    ),
    "administrator": (
        "Administrator miasta",
        [
            "accounts.appoint_substitute",
            "accounts.make_tokens",
            "accounts.manage_people",
            "accounts.manage_roles",
            "accounts.manage_sign_in",
            "accounts.manage_unit_people",
            "accounts.view_rights",
            "audit.view_log",
            "directory.change_contact",
            "directory.change_groups",
            "directory.change_units",
            "directory.import_units",
            "directory.view_units",
            "forms.fill_sheet",
            "forms.manage_dictionaries",
            "forms.manage_forms",
            "forms.view_forms",
            "messaging.set_acceptance",
            "messaging.view_messages",
            "procedures.act_in_case",
            "procedures.manage_classes",
            "procedures.manage_letters",
            "procedures.manage_procedures",
            "procedures.open_case",
            "procedures.view_cases",
        ],
    ),
    "clerk": (
        "Referent",
        [
            "directory.change_contact",
            "directory.change_groups",
            "directory.change_units",
            "directory.import_units",
            "directory.view_units",
            "forms.view_forms",
            "messaging.answer_message",
            "messaging.send_message",
            "messaging.view_messages",
            "procedures.act_in_case",
            "procedures.manage_letters",
            "procedures.view_cases",
        ],
    ),
    "committee_member": (
        "Członek komisji",
        [
            "directory.view_units",
            "procedures.act_in_case",
        ],
    ),
    "director": (
        "Dyrektor wydziału",
        [
            "accounts.appoint_substitute",
            "directory.change_contact",
            "directory.change_groups",
            "directory.change_units",
            "directory.import_units",
            "directory.view_units",
            "forms.view_forms",
            "messaging.answer_message",
            "messaging.send_message",
            "messaging.set_acceptance",
            "messaging.view_messages",
            "procedures.act_in_case",
            "procedures.manage_letters",
            "procedures.view_cases",
        ],
    ),
    "finance": (
        "Finanse",
        [
            "directory.view_units",
            "messaging.view_messages",
            "procedures.act_in_case",
            "procedures.view_cases",
        ],
    ),
    "it_officer": (
        "Informatyk",
        [
            "accounts.manage_people",
            "directory.view_units",
        ],
    ),
    "mayor": (
        "Prezydent, burmistrz, wójt",
        [
            "accounts.appoint_substitute",
            "directory.view_units",
            "procedures.act_in_case",
            "procedures.view_cases",
        ],
    ),
    "reader": (
        "Czytelnik",
        [
            "directory.view_units",
        ],
    ),
    "secretary": (
        "Sekretariat",
        [
            "directory.change_contact",
            "directory.view_units",
            "messaging.answer_message",
            "procedures.open_case",
        ],
    ),
    "section_head": (
        "Kierownik referatu",
        [
            "accounts.appoint_substitute",
            "directory.change_contact",
            "directory.change_groups",
            "directory.change_units",
            "directory.import_units",
            "directory.view_units",
            "forms.view_forms",
            "messaging.answer_message",
            "messaging.send_message",
            "messaging.view_messages",
            "procedures.act_in_case",
            "procedures.manage_letters",
            "procedures.view_cases",
        ],
    ),
    "unit_head": (
        "Dyrektor jednostki",
        [
            "accounts.appoint_substitute",
            "accounts.manage_unit_people",
            "directory.change_contact",
            "directory.view_units",
            "messaging.answer_message",
            "procedures.open_case",
        ],
    ),
}
"""Code -> the name and the rights with which every city was opened before this migration."""


def recognise(apps: Any, schema_editor: Any) -> None:
    role_model = apps.get_model("accounts", "Role")
    offer_model = apps.get_model("accounts", "RoleOffer")
    roles = {role.name: role for role in role_model.objects.all()}
    if schema_editor.connection.schema_name == "public" or not roles:
        return  # operators have roles of their own; a new city gets its offers with its roles
    for code, (name, offered) in THEN.items():
        offer_model.objects.create(code=code, role=roles.get(name), offered=offered)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_seal_provider_secrets")]

    operations = [
        migrations.CreateModel(
            name="RoleOffer",
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
                ("code", models.SlugField(max_length=60)),
                (
                    "offered",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "role",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="offer",
                        to="accounts.role",
                    ),
                ),
            ],
            options={
                "verbose_name": "rola początkowa",
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="one_offer_per_starting_role")
                ],
            },
        ),
        migrations.RunPython(recognise, migrations.RunPython.noop),
    ]
