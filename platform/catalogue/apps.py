from opium import registry


class CatalogueConfig(registry.ModuleConfig):
    name = "catalogue"
    verbose_name = "Katalog typów spraw"
    always_on = True
