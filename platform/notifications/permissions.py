from opium import permissions


class Permission(permissions.Permission):
    READ_OWN_NEWS = (
        "notifications.read_own_news",
        "Własne powiadomienia",
        "Czyta powiadomienia, które do niego przyszły.",
        permissions.Held.BY_EVERYBODY,
    )
