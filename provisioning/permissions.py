from opium import permissions


class Permission(permissions.Permission):
    """Rights of operators; no role of a city can carry one."""

    OPEN_CITY = (
        "provisioning.open_city",
        "Otwieranie miast",
        "Otwiera miasto z rolami, rodzajami jednostek i pierwszym administratorem.",
    )
    UPGRADE_CITY = (
        "provisioning.upgrade_city",
        "Podnoszenie miast",
        "Wnosi do istniejącego miasta to, co przybyło w nowym wydaniu platformy.",
    )
    OPEN_CONSOLE = (
        "provisioning.open_console",
        "Otwarcie konsoli",
        "Nadaje konsoli operatorów jej adres.",
    )
    REMOVE_CITY = (
        "provisioning.remove_city",
        "Usuwanie miast",
        "Usuwa miasto z instalacji razem ze wszystkim, co w nim jest.",
    )
    BACK_UP = (
        "provisioning.back_up",
        "Kopie zapasowe",
        "Zapisuje wszystkie dane miasta albo całej instalacji poza nią.",
    )
    RESTORE = (
        "provisioning.restore",
        "Przywracanie z kopii",
        "Przywraca miasto albo całą instalację z kopii zapasowej.",
    )
