from importlib import import_module

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = "Miasta"

    def ready(self) -> None:
        for room in ("permissions", "deeds"):
            import_module(f"{self.name}.{room}")
