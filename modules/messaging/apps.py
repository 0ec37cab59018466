from opium import registry


class MessagingConfig(registry.ModuleConfig):
    name = "modules.messaging"
    verbose_name = "Wiadomości"
    requires = ("directory",)
