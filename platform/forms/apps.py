from opium import registry


class FormsConfig(registry.ModuleConfig):
    name = "forms"
    verbose_name = "Formularze"
    always_on = True
    enum_names = {
        "SheetGroupStateEnum": "forms.api.serializers.definitions.STATES",
        "SheetStateEnum": "forms.models.Sheet.State",
        "TableColumnTypeEnum": "forms.services.tables.TYPES",
        "TableKeyTypeEnum": "forms.services.grids.KEY_TYPES",
    }
