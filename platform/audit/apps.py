from opium import registry


class AuditConfig(registry.ModuleConfig):
    name = "audit"
    verbose_name = "Dziennik zdarzeń"
    always_on = True
