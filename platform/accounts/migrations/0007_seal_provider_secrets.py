from typing import Any

from django.db import migrations

from accounts.sealing import Purpose, seal, unseal


def close(apps: Any, _editor: Any) -> None:
    for provider in apps.get_model("socialaccount", "SocialApp").objects.all():
        if "sealed_secret" not in provider.settings:
            provider.settings["sealed_secret"] = seal(Purpose.PROVIDERS, provider.secret)
            provider.secret = ""
            provider.save()


def reopen(apps: Any, _editor: Any) -> None:
    for provider in apps.get_model("socialaccount", "SocialApp").objects.all():
        provider.secret = unseal(Purpose.PROVIDERS, provider.settings.pop("sealed_secret"))
        provider.save()


class Migration(migrations.Migration):
    """A city's client secrets, until now plain in the database, are sealed."""

    dependencies = [
        ("accounts", "0006_polish_plurals"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [migrations.RunPython(close, reopen)]
