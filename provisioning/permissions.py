from opium import permissions


class Permission(permissions.Permission):
    """Rights of operators; no role of a city can carry one."""

    OPEN_CITY = (
        "provisioning.open_city",
        "Otwieranie miast",
        "Otwiera miasto z rolami, rodzajami jednostek i pierwszym administratorem.",
    )
    OPEN_CONSOLE = (
        "provisioning.open_console",
        "Otwarcie konsoli",
        "Nadaje konsoli operatorów jej adres.",
    )
