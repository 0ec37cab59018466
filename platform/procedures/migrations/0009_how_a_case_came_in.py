"""A case says by which way of a module's own it came in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0008_silence_of_older_revisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="intake",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
    ]
