"""Once a decision is published, the call can be divided a second time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0004_decisions")]

    operations = [
        migrations.RemoveConstraint(
            model_name="recommendation", name="one_standing_recommendation_of_a_call"
        ),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["recommended", "approved", "decided"])),
                fields=("call",),
                name="one_standing_recommendation_of_a_call",
            ),
        ),
    ]
