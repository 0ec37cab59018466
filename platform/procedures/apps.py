from typing import Any

from opium import registry


class ProceduresConfig(registry.ModuleConfig):
    name = "procedures"
    verbose_name = "Procedury"
    always_on = True

    def ready(self) -> None:
        super().ready()
        from accounts import registry as leaving  # noqa: PLC0415  # models exist only now
        from accounts import scopes  # noqa: PLC0415  # as above
        from budget import registry as money  # noqa: PLC0415  # as above
        from forms import registry as forms  # noqa: PLC0415  # as above
        from notifications import registry as telling  # noqa: PLC0415  # as above
        from procedures import guarding  # noqa: PLC0415  # as above
        from procedures.selectors import cases  # noqa: PLC0415  # as above
        from procedures.selectors.scopes import SCOPES  # noqa: PLC0415  # as above
        from procedures.selectors.workload import CASES, FIGURES  # noqa: PLC0415  # as above
        from procedures.services.cases.telling import KINDS_OF_NEWS  # noqa: PLC0415  # as above
        from procedures.waits import KINDS_OF_WAITS  # noqa: PLC0415  # as above
        from todo import registry as todo  # noqa: PLC0415  # as above

        for kind, told in SCOPES.items():
            scopes.explain(kind, told)
        telling.declare(*KINDS_OF_NEWS)
        todo.declare(*KINDS_OF_WAITS)
        todo.running(CASES)
        todo.figures(FIGURES)
        forms.guard("procedures.case", guarding.GUARD)
        forms.sheets_moved("procedures.case", guarding.sheets_moved)
        money.subject("procedures.case", money.SubjectKind("Sprawa", cases.shown_in_ledgers))
        leaving.on_leaving(_leave)


def _leave(*facts: Any) -> None:
    from procedures.services.entrusted import leaving  # noqa: PLC0415  # services load after the apps

    leaving.hand_over(*facts)
