from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messaging", "0005_units_below_accounts")]

    operations = [
        migrations.AddField(
            model_name="merge",
            name="excerpts",
            field=models.JSONField(default=list),
        ),
    ]
