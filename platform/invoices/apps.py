from opium import registry


class InvoicesConfig(registry.ModuleConfig):
    name = "invoices"
    verbose_name = "Faktury"
    always_on = True
    enum_names = {
        "InvoiceStateEnum": "invoices.models.State",
        "InvoiceSourceEnum": "invoices.models.Source",
        "InvoiceKindEnum": "invoices.models.Kind",
    }
