from opium import deeds


class Deed(deeds.Deed):
    ADD_UNIT = "directory.add_unit", "Dodanie jednostki"
    CHANGE_UNIT = "directory.change_unit", "Zmiana danych jednostki"
    CLOSE_UNIT = "directory.close_unit", "Zamknięcie jednostki"
    IMPORT_UNITS = "directory.import_units", "Import jednostki z wykazu RSPO"
    EXPORT_UNITS = "directory.export_units", "Pobranie listy jednostek do pliku"
    ADD_STARTING_KINDS = "directory.add_starting_kinds", "Założenie początkowych rodzajów jednostek"
    ADD_KIND = "directory.add_kind", "Dodanie rodzaju jednostek"
    CHANGE_KIND = "directory.change_kind", "Zmiana rodzaju jednostek"
    ADD_SECTION = "directory.add_section", "Dodanie komórki wydziału"
    ADD_MEMBERSHIP = "directory.add_membership", "Przypisanie osoby do miejsca"
    END_MEMBERSHIP = "directory.end_membership", "Zakończenie przypisania osoby do miejsca"
    END_MEMBERSHIPS = "directory.end_memberships", "Zakończenie przypisań przy zamknięciu konta"
    MAKE_GROUP = "directory.make_group", "Utworzenie grupy"
    CHANGE_GROUP = "directory.change_group", "Zmiana grupy"
    DELETE_GROUP = "directory.delete_group", "Usunięcie grupy"
