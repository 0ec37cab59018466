from opium import permissions


class Permission(permissions.Permission):
    KEEP_INVOICES = (
        "invoices.keep_invoices",
        "Faktury do rozliczenia",
        "Wpisuje faktury tam, gdzie rozlicza przyznane środki; urząd je przyjmuje albo zwraca.",
        permissions.Held.BY_EVERYBODY,
    )
