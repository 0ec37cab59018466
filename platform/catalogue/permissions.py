from opium import permissions, starting


class Permission(permissions.Permission):
    SWITCH_ON_TYPES = (
        "catalogue.switch_on_types",
        "Katalog typów spraw",
        "Ogląda gotowe typy spraw i włącza je razem z funkcjami, pismami i pulami.",
    )


starting.give(starting.ADMINISTRATOR, Permission.SWITCH_ON_TYPES)
