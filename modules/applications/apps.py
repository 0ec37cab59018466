from opium import registry


class ApplicationsConfig(registry.ModuleConfig):
    name = "modules.applications"
    verbose_name = "Wnioski"
    requires = ("directory", "messaging")
    enum_names = {
        "AwardStateEnum": "modules.applications.models.Award.State",
        "CallPaperKindEnum": "modules.applications.models.Paper.Kind",
        "CallPaperStateEnum": "modules.applications.models.Paper.State",
        "CallStateEnum": "modules.applications.models.Call.State",
        "RecommendationStateEnum": "modules.applications.models.Recommendation.State",
        "SeatPartEnum": "modules.applications.models.committees.PART_CHOICES",
    }
