from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0003_giving_up"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClockTick",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "tyknięcie zegara",
                "verbose_name_plural": "tyknięcia zegara",
            },
        ),
    ]
