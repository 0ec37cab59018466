from typing import Any

from opium import registry


class DirectoryConfig(registry.ModuleConfig):
    name = "modules.directory"
    verbose_name = "Jednostki"

    def ready(self) -> None:
        super().ready()
        from accounts import places, scopes  # noqa: PLC0415  # models exist only now
        from accounts import registry as leaving  # noqa: PLC0415  # as above
        from forms import registry as forms  # noqa: PLC0415  # as above
        from modules.directory import selectors  # noqa: PLC0415  # as above

        for kind, told in selectors.SCOPES.items():
            scopes.explain(kind, told)
        leaving.on_leaving(_leave)
        places.told_by(selectors.units_of)
        forms.explain_units(
            forms.Units(selectors.unit_facts, selectors.units_named, selectors.FACTS)
        )
        places.drawn_by(
            places.Atlas(
                members=selectors.members_within,
                homes=selectors.homes_of,
                found=selectors.homes_named,
                join=_join,
            )
        )


def _join(*facts: Any) -> None:
    from modules.directory.services.entrusted import joining  # noqa: PLC0415  # services load after the apps

    joining.join(*facts)


def _leave(actor: Any, person: Any, _successor: Any) -> None:
    from modules.directory.services.entrusted import leaving  # noqa: PLC0415  # services load after the apps

    leaving.end_memberships(actor, person)
