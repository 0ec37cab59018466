from django.core import checks

from files.scanning import check_scanner
from opium import registry


class FilesConfig(registry.ModuleConfig):
    name = "files"
    verbose_name = "Pliki"
    always_on = True

    def ready(self) -> None:
        super().ready()
        checks.register(check_scanner, deploy=True)
