from opium import registry


class ApplicationsConfig(registry.ModuleConfig):
    name = "modules.applications"
    verbose_name = "Wnioski"
    requires = ("directory", "messaging")
    enum_names = {
        "CallStateEnum": "modules.applications.models.Call.State",
        "SeatPartEnum": "modules.applications.models.committees.PART_CHOICES",
    }
