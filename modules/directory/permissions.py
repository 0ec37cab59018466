from opium import permissions, starting


class Permission(permissions.Permission):
    VIEW_UNITS = (
        "directory.view_units",
        "Przeglądanie jednostek",
        "Widzi katalog jednostek i dane kontaktowe ich pracowników.",
    )
    CHANGE_UNITS = (
        "directory.change_units",
        "Zmienianie jednostek",
        "Dodaje jednostki, zmienia ich dane, zamyka je i przypisuje do nich osoby.",
    )
    CHANGE_CONTACT = (
        "directory.change_contact",
        "Zmienianie danych kontaktowych jednostki",
        "Zmienia telefon, e-mail, stronę i adres do e-Doręczeń jednostki.",
    )
    IMPORT_UNITS = (
        "directory.import_units",
        "Import jednostek",
        "Wczytuje jednostki z wykazu RSPO.",
    )
    CHANGE_GROUPS = (
        "directory.change_groups",
        "Zmienianie grup",
        "Tworzy i zmienia nazwane grupy jednostek i osób.",
    )


starting.give((starting.ADMINISTRATOR, *starting.OFFICERS), *Permission)
starting.give(
    (
        starting.MAYOR,
        starting.FINANCE,
        starting.IT_OFFICER,
        starting.COMMITTEE_MEMBER,
        starting.READER,
        *starting.UNIT_STAFF,
    ),
    Permission.VIEW_UNITS,
)
starting.give((starting.UNIT_HEAD, starting.SECRETARY), Permission.CHANGE_CONTACT)
