from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_role_offers")]

    operations = [
        migrations.AddField(
            model_name="link",
            name="trouble",
            field=models.CharField(blank=True, default="", max_length=1000),
        ),
    ]
