"""The tables are kept by the room `units`, below accounts; nothing in the database changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("messaging", "0005_units_below_accounts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name="membership",
                    name="person",
                ),
                migrations.RemoveField(
                    model_name="membership",
                    name="section",
                ),
                migrations.RemoveField(
                    model_name="membership",
                    name="unit",
                ),
                migrations.RemoveField(
                    model_name="registerentry",
                    name="unit",
                ),
                migrations.RemoveField(
                    model_name="unit",
                    name="kind",
                ),
                migrations.DeleteModel(
                    name="Group",
                ),
                migrations.DeleteModel(
                    name="Section",
                ),
                migrations.DeleteModel(
                    name="Membership",
                ),
                migrations.DeleteModel(
                    name="RegisterEntry",
                ),
                migrations.DeleteModel(
                    name="Unit",
                ),
                migrations.DeleteModel(
                    name="UnitKind",
                ),
            ]
        )
    ]
