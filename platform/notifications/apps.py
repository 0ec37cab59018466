from opium import registry


class NotificationsConfig(registry.ModuleConfig):
    name = "notifications"
    verbose_name = "Powiadomienia"
    always_on = True
    enum_names = {"ChannelEnum": "notifications.models.Channel"}
