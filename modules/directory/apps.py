from opium import registry


class DirectoryConfig(registry.ModuleConfig):
    name = "modules.directory"
    verbose_name = "Jednostki"
