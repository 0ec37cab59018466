from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_deeds")]

    operations = [
        migrations.AlterField("entry", "actor_name", models.CharField(max_length=300)),
        migrations.AlterField(
            "entry",
            "in_place_of_name",
            models.CharField(blank=True, default="", max_length=300),
        ),
    ]
