"""Why a file is not read, and why a merge cannot start. Every message is shown to people."""

from typing import ClassVar

from opium.errors import Invalid


class WorkbookRefused(Invalid):
    """Base of every reason for which a file is not read as a workbook."""

    code = "workbook_refused"
    message = "Nie udało się odczytać pliku jako arkusza."


class WorkbookUnlikeTemplate(WorkbookRefused):
    code = "workbook_unlike_template"
    message = "Brakuje w nim nagłówków wzoru: {titles}. Czy to na pewno ten plik?"


class WorkbookEmpty(WorkbookRefused):
    code = "workbook_empty"
    message = "Plik jest pusty (0 bajtów). Zapisz arkusz jeszcze raz i wyślij go ponownie."


class WorkbookTooLarge(WorkbookRefused):
    code = "workbook_too_large"
    message = "Plik jest za duży: arkusz może mieć najwyżej {limit}. Usuń zbędne dane i zapisz go."


class WorkbookTooManyCells(WorkbookRefused):
    code = "workbook_too_many_cells"
    message = (
        "Arkusz zajmuje zbyt wiele komórek. Skopiuj same wypełnione wiersze do nowego arkusza "
        "i zapisz go jako xlsx."
    )


class WorkbookTooDemanding(WorkbookRefused):
    code = "workbook_too_demanding"
    message = (
        "Odczyt pliku wymaga zbyt wiele pamięci, więc go przerwano. Skopiuj wypełnione wiersze do "
        "nowego arkusza i zapisz go jako xlsx."
    )


class WorkbookTooSlow(WorkbookRefused):
    code = "workbook_too_slow"
    message = (
        "Odczyt pliku trwał zbyt długo, więc go przerwano. Skopiuj wypełnione wiersze do nowego "
        "arkusza i zapisz go jako xlsx."
    )


class WorkbookProtected(WorkbookRefused):
    code = "workbook_protected"
    message = "Plik jest zabezpieczony hasłem. Usuń hasło otwarcia i zapisz plik ponownie."


class WorkbookDamaged(WorkbookRefused):
    code = "workbook_damaged"
    message = (
        "Plik jest uszkodzony. Otwórz go w Excelu lub LibreOffice i zapisz jako nowy plik xlsx."
    )


class WorkbookWithoutSheets(WorkbookRefused):
    code = "workbook_without_sheets"
    message = "W pliku nie ma żadnego arkusza z danymi."


class NotAWorkbook(WorkbookRefused):
    code = "not_a_workbook"
    message = "To nie jest arkusz, lecz {what}. Przyślij plik xlsx, xls, ods albo csv."


class OldWorkbook(WorkbookRefused):
    code = "old_workbook"
    message = "Pliku w formacie {what} nie można odczytać. Zapisz go jako xlsx i wyślij ponownie."


class LockFile(WorkbookRefused):
    code = "lock_file"
    message = (
        "To plik blokady, który program zakłada na czas edycji, a nie arkusz. Wyślij sam arkusz "
        "(bez „~$” na początku nazwy)."
    )


class HiddenFile(WorkbookRefused):
    code = "hidden_file"
    message = "To ukryty plik (nazwa zaczyna się od kropki), a nie arkusz; nie scalono go."


class ReaderBroken(WorkbookRefused):
    code = "reader_broken"
    message = "Odczyt pliku nie powiódł się z powodu awarii programu. Spróbuj ponownie."


class FormTooWide(WorkbookRefused):
    code = "form_too_wide"
    message = (
        "W arkuszu jest więcej wpisów, niż zestawienie może mieć kolumn. To raczej tabela niż "
        "formularz: scal ją w trybie „wiersze pod sobą”."
    )


class TemplateTooWide(Invalid):
    code = "template_too_wide"
    message = (
        "Szablon ma zbyt wiele kolumn, by dodać do nich kolumny z nazwą jednostki. "
        "Podziel go na kilka arkuszy."
    )


class TemplateWithoutFields(Invalid):
    code = "template_without_fields"
    message = (
        "W szablonie nie znaleziono ani tabeli z nagłówkami, ani pól do wypełnienia. Wskaż plik, "
        "który został rozesłany."
    )


class WorkbookDoesNotFit(Invalid):
    code = "workbook_does_not_fit"
    message = (
        "Żaden arkusz pliku nie odpowiada szablonowi: nie znaleziono {what}. "
        "Sprawdź, czy to właściwy plik."
    )


_REFUSALS: tuple[type[WorkbookRefused], ...] = (
    WorkbookEmpty,
    WorkbookTooManyCells,
    WorkbookTooDemanding,
    WorkbookTooSlow,
    WorkbookProtected,
    WorkbookDamaged,
    WorkbookWithoutSheets,
    NotAWorkbook,
    OldWorkbook,
)
BY_CODE: dict[str, type[WorkbookRefused]] = {refusal.code: refusal for refusal in _REFUSALS}

FORMATS: dict[str, str] = {
    "pdf": "plik PDF",
    "image": "obraz",
    "word": "dokument tekstowy",
    "slides": "prezentacja",
    "archive": "archiwum",
    "html": "strona internetowa (HTML) z inną końcówką nazwy",
    "binary": "plik innego rodzaju",
    "xml": "XML (Excel 2003)",
    "fods": "FODS",
    "sylk": "SYLK (slk)",
    "biff": "Excel 2–95 (xls sprzed 1997 r.)",
    "mail": "wiadomość e-mail",
}


class UnusableArgument(Invalid):
    """What the merge command was pointed at cannot be used."""

    code: ClassVar[str] = "unusable_argument"
