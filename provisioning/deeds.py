from opium import deeds


class Deed(deeds.Deed):
    OPEN_CITY = "provisioning.open_city", "Otwarcie miasta"
    FILL_CITY = "provisioning.fill_city", "Wypełnienie nowego miasta"
    OPEN_CONSOLE = "provisioning.open_console", "Otwarcie konsoli operatorów"
    UPGRADE_CITY = "provisioning.upgrade_city", "Podniesienie miasta do nowego wydania"
