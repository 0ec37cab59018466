from opium import deeds


class Deed(deeds.Deed):
    CREATE_TENANT = "tenants.create_tenant", "Założenie miasta"
    SWITCH_MODULES = "tenants.switch_modules", "Włączenie lub wyłączenie modułów miasta"
