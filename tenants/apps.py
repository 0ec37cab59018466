from opium import registry


class TenantsConfig(registry.RoomConfig):
    name = "tenants"
    verbose_name = "Miasta"
