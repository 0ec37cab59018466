from opium import deeds


class Deed(deeds.Deed):
    ADD_PROCEDURE = "procedures.add_procedure", "Dodanie procedury"
    CHANGE_PROCEDURE = "procedures.change_procedure", "Zmiana nazwy procedury"
    COPY_PROCEDURE = "procedures.copy_procedure", "Skopiowanie procedury"
    ARCHIVE_PROCEDURE = "procedures.archive_procedure", "Zarchiwizowanie lub przywrócenie procedury"
    DECLARE_FUNCTIONS = "procedures.declare_functions", "Założenie funkcji z procedury"
    PUBLISH_PROCEDURE = "procedures.publish_procedure", "Opublikowanie procedury"
    MOVE_CASES = "procedures.move_cases", "Przeniesienie spraw na nowe wydanie"
    IMPORT_PROCEDURE = "procedures.import_procedure", "Wczytanie procedury z pliku"
    EXPORT_PROCEDURE = "procedures.export_procedure", "Pobranie procedury do pliku"
    OPEN_CASE = "procedures.open_case", "Założenie sprawy"
    PERFORM = "procedures.perform", "Czynność w sprawie"
    UNDO = "procedures.undo", "Cofnięcie czynności w sprawie"
    REOPEN_SCORING = "procedures.reopen_scoring", "Ponowne otwarcie zamkniętej oceny"
    TAKE_BACK_CONFLICT = (
        "procedures.take_back_conflict",
        "Wycofanie własnego wyłączenia z oceny",
    )
    WITHDRAW_SUBJECT = (
        "procedures.withdraw_subject",
        "Zakończenie sprawy po wycofaniu jej przedmiotu",
    )
    MOVE_CASE = "procedures.move_case", "Przeniesienie sprawy na nowe wydanie"
    NOTE_CORRECTION = "procedures.note_correction", "Ponowne otwarcie wniosku po zmianie formularza"
    HAND_OVER = "procedures.hand_over", "Przekazanie sprawy przy zamknięciu konta"
    PACK_CASE = "procedures.pack_case", "Pobranie całej sprawy do paczki plików"
    EXPORT_CASES = "procedures.export_cases", "Pobranie listy spraw do pliku"
    ISSUE_LETTER = "procedures.issue_letter", "Wystawienie pisma"
    ISSUE_LETTERS = "procedures.issue_letters", "Wystawienie serii pism"
    RENDER_LETTER = "procedures.render_letter", "Sporządzenie pisma"
    RENDER_AGAIN = "procedures.render_again", "Ponowienie sporządzenia pisma"
    DOWNLOAD_LETTER = "procedures.download_letter", "Pobranie pisma"
    DOWNLOAD_TEMPLATE = "procedures.download_template", "Pobranie wzoru pisma"
    ARCHIVE_JOB = "procedures.archive_job", "Pobranie archiwum serii pism"
    ADD_TEMPLATE = "procedures.add_template", "Dodanie wzoru pisma"
    CHANGE_TEMPLATE = "procedures.change_template", "Zmiana wzoru pisma"
    ADD_CLASS = "procedures.add_class", "Dodanie klasy z wykazu akt"
    CHANGE_CLASS = "procedures.change_class", "Zmiana klasy z wykazu akt"
    DELETE_CLASS = "procedures.delete_class", "Usunięcie klasy z wykazu akt"
    DECLARE_TIE = "procedures.declare_tie", "Zgłoszenie powiązania"
    END_TIE = "procedures.end_tie", "Odwołanie powiązania"
