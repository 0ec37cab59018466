from opium import deeds


class Deed(deeds.Deed):
    OPEN_CITY = "provisioning.open_city", "Otwarcie miasta"
    FILL_CITY = "provisioning.fill_city", "Wypełnienie nowego miasta"
    OPEN_CONSOLE = "provisioning.open_console", "Otwarcie konsoli operatorów"
    UPGRADE_CITY = "provisioning.upgrade_city", "Podniesienie miasta do nowego wydania"
    REMOVE_CITY = "provisioning.remove_city", "Usunięcie miasta z instalacji"
    BACK_UP_CITY = "provisioning.back_up_city", "Kopia zapasowa miasta"
    BACK_UP_INSTALLATION = (
        "provisioning.back_up_installation",
        "Kopia zapasowa całej instalacji",
    )
    FORGET_OLD_COPIES = "provisioning.forget_old_copies", "Usunięcie starych kopii zapasowych"
    RESTORE_CITY = "provisioning.restore_city", "Przywrócenie miasta z kopii"
    RESTORE_INSTALLATION = (
        "provisioning.restore_installation",
        "Przywrócenie całej instalacji z kopii",
    )
