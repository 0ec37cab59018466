from importlib import import_module

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = "Rozliczenia"

    def ready(self) -> None:
        for room in ("permissions", "deeds"):
            import_module(f"{self.name}.{room}")
