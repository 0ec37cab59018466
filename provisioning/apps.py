from opium import registry


class ProvisioningConfig(registry.RoomConfig):
    name = "provisioning"
    verbose_name = "Otwieranie miast"
