from opium import registry


class AccountsConfig(registry.ModuleConfig):
    name = "accounts"
    verbose_name = "Konta i uprawnienia"
    always_on = True
    enum_names = {
        "JoiningStateEnum": "accounts.models.joining.STATES",
    }
