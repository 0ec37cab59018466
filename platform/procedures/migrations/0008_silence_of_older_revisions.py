"""Revisions published so far, whose silence about the applicant showed nothing, keep that meaning."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("procedures", "0007_stages_gone_back_over")]

    operations = [
        # A column that comes with its value changes no row, so the revisions stay immutable.
        migrations.AddField(
            model_name="procedurerevision",
            name="shows_by_kind",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="procedurerevision",
            name="shows_by_kind",
            field=models.BooleanField(default=True),
        ),
    ]
