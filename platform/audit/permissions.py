from opium import permissions, starting


class Permission(permissions.Permission):
    VIEW_LOG = (
        "audit.view_log",
        "Przeglądanie dziennika",
        "Widzi dziennik zdarzeń miasta i pobiera go do pliku.",
    )


starting.give(starting.ADMINISTRATOR, *Permission)
