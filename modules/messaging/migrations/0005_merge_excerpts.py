from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0004_open_answers_wait")]

    operations = [
        migrations.AddField(
            model_name="merge",
            name="excerpts",
            field=models.JSONField(default=list),
        ),
    ]
