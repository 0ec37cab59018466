from typing import Any

from opium import registry


class MessagingConfig(registry.ModuleConfig):
    name = "modules.messaging"
    verbose_name = "Wiadomości"
    requires = ("directory",)

    def ready(self) -> None:
        super().ready()
        from accounts import registry as leaving  # noqa: PLC0415  # models exist only now

        leaving.on_leaving(_leave)


def _leave(*facts: Any) -> None:
    from modules.messaging.services import leaving  # noqa: PLC0415  # services load after the apps

    leaving.hand_over_drafts(*facts)
