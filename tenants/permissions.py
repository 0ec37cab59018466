from opium import permissions


class Permission(permissions.Permission):
    """Rights of operators; no role of a city can carry one."""

    CREATE_TENANT = (
        "tenants.create_tenant",
        "Zakładanie miast",
        "Zakłada miasto: jego schemat w bazie i adres.",
    )
    GRANT_TO_ROLE = (
        "tenants.grant_to_role",
        "Prawa roli bazy danych",
        "Daje roli bazy prawa, z którymi pracuje system, bez własności tabel i dziennika.",
    )
    SWITCH_MODULES = (
        "tenants.switch_modules",
        "Włączanie modułów",
        "Ustala, które moduły ma miasto.",
    )
