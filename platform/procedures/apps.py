from opium import registry


class ProceduresConfig(registry.ModuleConfig):
    name = "procedures"
    verbose_name = "Procedury"
    always_on = True
    enum_names = {
        "CaseSheetStateEnum": ["draft", "submitted", "withdrawn"],
        "CaseStateEnum": "procedures.models.Case.State",
        "LetterStateEnum": "procedures.models.Letter.State",
        "PathStateEnum": ["done", "now", "ahead"],
        "SideEnum": "procedures.models.Case.Side",
    }
