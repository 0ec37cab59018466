from opium import registry


class FilesConfig(registry.ModuleConfig):
    name = "files"
    verbose_name = "Pliki"
    always_on = True
