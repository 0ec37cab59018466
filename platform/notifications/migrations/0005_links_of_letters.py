from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_reminders_of_every_module")]

    operations = [
        migrations.AddField(
            model_name="email",
            name="link",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
    ]
