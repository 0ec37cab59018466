from opium import registry


class UnitsConfig(registry.RoomConfig):
    name = "units"
    verbose_name = "Przynależność do miejsc"
