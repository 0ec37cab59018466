from opium import registry


class MessagingConfig(registry.ModuleConfig):
    name = "modules.messaging"
    verbose_name = "Wiadomości"
    requires = ("directory",)
    enum_names = {
        "AcceptanceAudienceEnum": "modules.messaging.models.AcceptanceRule.Audience",
        "AcceptanceChainEnum": "modules.messaging.models.AcceptanceRule.Chain",
        "AcceptanceStateEnum": ["waiting", "accepted", "returned"],
        "AnswerGroundEnum": "modules.messaging.models.Answer.Ground",
        "AnswerFileRoleEnum": "modules.messaging.models.AnswerFile.Role",
        "MergeModeEnum": "modules.messaging.models.Merge.Mode",
        "MergeStateEnum": "modules.messaging.models.Merge.State",
        "MessageStateEnum": "modules.messaging.models.Message.State",
        "VerdictEnum": ["accept", "return"],
    }
