from opium import registry


class ProceduresConfig(registry.ModuleConfig):
    name = "procedures"
    verbose_name = "Procedury"
    always_on = True
