from opium import permissions


class Permission(permissions.Permission):
    VIEW_LOG = (
        "audit.view_log",
        "Przeglądanie dziennika",
        "Widzi dziennik zdarzeń miasta i pobiera go do pliku.",
    )
