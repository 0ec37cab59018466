from importlib import import_module

from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "provisioning"
    verbose_name = "Otwieranie miast"

    def ready(self) -> None:
        for room in ("permissions", "deeds"):
            import_module(f"{self.name}.{room}")
