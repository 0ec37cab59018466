from opium import registry


class OutboxConfig(registry.ModuleConfig):
    name = "outbox"
    verbose_name = "Zadania w tle"
    always_on = True
    serves_cities = True
