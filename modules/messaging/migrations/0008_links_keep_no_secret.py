from typing import Any

from django.db import migrations, models
from django.db.models import F, Func, Value


def wipe(apps: Any, schema_editor: Any) -> None:
    """Links that were written with a secret open nothing any more, and no letter keeps one."""
    apps.get_model("messaging", "AcceptanceLink").objects.all().delete()
    Email = apps.get_model("notifications", "Email")  # noqa: N806  # a class
    wiped = Func(
        F("body"),
        Value("/accept-message#\\S+"),
        Value("/accept-message"),
        Value("g"),
        function="regexp_replace",
    )
    Email.objects.filter(body__contains="/accept-message#").update(body=wiped)


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0007_audience_exceptions"),
        ("notifications", "0005_links_of_letters"),
    ]

    operations = [
        migrations.RunPython(wipe, migrations.RunPython.noop),
        migrations.RemoveField(model_name="acceptancelink", name="digest"),
        migrations.AddField(
            model_name="acceptancelink",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="acceptancelink",
            constraint=models.UniqueConstraint(
                fields=("case_id", "case_version", "person"), name="one_acceptance_link_per_step"
            ),
        ),
    ]
