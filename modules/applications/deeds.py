from opium import deeds


class Deed(deeds.Deed):
    DRAFT_CALL = "applications.draft_call", "Założenie szkicu naboru"
    CHANGE_CALL = "applications.change_call", "Zmiana szkicu zasad naboru"
    COPY_CALL = "applications.copy_call", "Skopiowanie naboru"
    DISCARD_CALL = "applications.discard_call", "Usunięcie szkicu naboru"
    PUBLISH_CALL = "applications.publish_call", "Ogłoszenie naboru albo zmiany jego zasad"
    CLOSE_CALL = "applications.close_call", "Zamknięcie naboru"
    SETTLE_CALL = "applications.settle_call", "Rozliczenie naboru"
    BEGIN_APPLICATION = "applications.begin_application", "Rozpoczęcie wniosku w naborze"
    EXPORT_APPLICATIONS = "applications.export_applications", "Pobranie listy wniosków do pliku"
