from opium import deeds


class Deed(deeds.Deed):
    FINISH_UPLOAD = "files.finish_upload", "Wgranie pliku"
    SCAN_UPLOAD = "files.scan_upload", "Sprawdzenie pliku programem antywirusowym"
    DOWNLOAD_MAKING = "files.download_making", "Pobranie przygotowanego pliku"
