from opium import deeds


class Deed(deeds.Deed):
    EXPORT_LOG = "audit.export_log", "Pobranie dziennika do pliku"
