from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_giving_up")]

    operations = [
        migrations.CreateModel(
            name="Tick",
            fields=[
                ("name", models.CharField(max_length=50, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "znak życia", "verbose_name_plural": "znaki życia"},
        ),
        migrations.AddField(
            model_name="job",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
    ]
