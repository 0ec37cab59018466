"""A row may mean whoever holds its right in the whole city: without person, function and unit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("todo", "0001_waiting")]

    operations = [
        migrations.RemoveConstraint(model_name="waiting", name="todo_waits_for_one_side"),
        migrations.AddConstraint(
            model_name="waiting",
            constraint=models.CheckConstraint(
                name="todo_waits_for_one_side",
                condition=models.Q(("function", ""), ("person", None), _connector="OR"),
            ),
        ),
    ]
