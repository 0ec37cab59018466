from opium import registry


class BillingConfig(registry.RoomConfig):
    name = "billing"
    verbose_name = "Rozliczenia"
