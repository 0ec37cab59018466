from opium import registry


class NotificationsConfig(registry.ModuleConfig):
    name = "notifications"
    verbose_name = "Powiadomienia"
    always_on = True

    def ready(self) -> None:
        super().ready()
        from notifications import registry as telling  # noqa: PLC0415  # models exist only now
        from notifications import services  # noqa: PLC0415  # as above

        telling.declare(services.NEAR, services.ESCALATED)
