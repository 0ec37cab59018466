from typing import Any

from opium import registry


class MessagingConfig(registry.ModuleConfig):
    name = "modules.messaging"
    verbose_name = "Wiadomości"
    requires = ("directory",)

    def ready(self) -> None:
        super().ready()
        from accounts import registry as leaving  # noqa: PLC0415  # models exist only now
        from modules.messaging.selectors.surveys import FIGURES, SURVEYS  # noqa: PLC0415  # as above
        from modules.messaging.services import (  # noqa: PLC0415  # as above
            delivering,
            duties,
            subject,
        )
        from notifications import registry as telling  # noqa: PLC0415  # as above
        from procedures import registry as procedures  # noqa: PLC0415  # as above
        from todo import registry as todo  # noqa: PLC0415  # as above

        leaving.on_leaving(_leave)
        telling.declare(*delivering.KINDS)
        procedures.subject("messaging.message", subject.TOLD)
        todo.declare(*duties.KINDS_OF_WAITS)
        todo.running(SURVEYS)
        todo.figures(FIGURES)


def _leave(*facts: Any) -> None:
    from modules.messaging.services.entrusted import leaving  # noqa: PLC0415  # services load after the apps

    leaving.hand_over_drafts(*facts)
