from opium import deeds


class Deed(deeds.Deed):
    CREATE_TENANT = "tenants.create_tenant", "Założenie miasta"
    GRANT_TO_ROLE = "tenants.grant_to_role", "Nadanie roli bazy danych praw do pracy systemu"
    SWITCH_MODULES = "tenants.switch_modules", "Włączenie lub wyłączenie modułów miasta"
