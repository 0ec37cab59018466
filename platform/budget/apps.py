from opium import registry


class BudgetConfig(registry.ModuleConfig):
    name = "budget"
    verbose_name = "Budżet"
    always_on = True
