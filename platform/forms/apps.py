from opium import registry


class FormsConfig(registry.ModuleConfig):
    name = "forms"
    verbose_name = "Formularze"
    always_on = True
