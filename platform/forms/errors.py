from opium.errors import Conflict, Invalid, NotFound


class FormChangedMeanwhile(Conflict):
    code = "form_changed_meanwhile"
    message = (
        "Ktoś inny zmienił ten formularz po tym, jak go otwarto. "
        "Odśwież stronę i wprowadź swoje zmiany jeszcze raz."
    )


class FormArchived(Conflict):
    code = "form_archived"
    message = (
        "Formularz „{name}” jest w archiwum. Przywróć go z archiwum, aby go zmienić albo użyć."
    )


class FormNotPublished(Conflict):
    code = "form_not_published"
    message = "Formularz „{name}” nie ma jeszcze opublikowanej wersji. Najpierw go opublikuj."


class FormFaulty(Invalid):
    """Its errors name the places in the draft."""

    code = "form_faulty"
    message = "Formularza nie można opublikować. Popraw miejsca wskazane na liście."


class NothingToPublish(Conflict):
    code = "nothing_to_publish"
    message = "Szkic nie różni się od opublikowanej wersji. Zmień formularz, aby go opublikować."


class UnknownMove(Invalid):
    code = "unknown_move"
    message = (
        "Nie ma już takiej grupy arkuszy w toku. Otwórz podgląd skutków jeszcze raz i wybierz "
        "dla każdej grupy, co ma się z nią stać."
    )


class FormUnreadable(Invalid):
    """The document, or the file that should hold one, is no form; its errors say where."""

    code = "form_unreadable"
    message = "Nie udało się odczytać formularza. Popraw wskazane miejsca i spróbuj ponownie."


class FormFileUnknown(Invalid):
    code = "form_file_unknown"
    message = (
        "Formularz można wczytać z pliku xlsx (jeden wiersz na pytanie) albo json. "
        "Plik „{name}” nie jest żadnym z nich."
    )


class UnknownRevision(NotFound):
    code = "unknown_revision"
    message = "Formularz nie ma wersji {number}."


class SheetChangedMeanwhile(Conflict):
    """Its errors name the questions that somebody else has answered."""

    code = "sheet_changed_meanwhile"
    message = (
        "Zmieniono te same odpowiedzi po tym, jak otwarto tu formularz. "
        "Odśwież stronę, obejrzyj nowe odpowiedzi i zapisz swoje jeszcze raz."
    )


class SheetMovedMeanwhile(Conflict):
    code = "sheet_moved_meanwhile"
    message = (
        "Opublikowano nową wersję tego formularza i przeniesiono na nią odpowiedzi. "
        "Odśwież stronę, aby zobaczyć nowe pytania; ostatniej zmiany jeszcze nie zapisano."
    )


class SheetClosed(Conflict):
    code = "sheet_closed"
    message = "Ten formularz jest już złożony albo wycofany, więc nie można zmieniać odpowiedzi."


class SheetAlreadyOpen(Conflict):
    code = "sheet_already_open"
    message = "Tego formularza jeszcze nie złożono, więc nie ma czego otwierać do poprawy."


class SheetSubmittedWithItsMatter(Conflict):
    code = "sheet_submitted_with_its_matter"
    message = "Ten formularz składa się razem ze sprawą. Przejdź do sprawy i złóż go tam."


class SheetIncomplete(Invalid):
    """Its errors name every question that is missing or wrong, in the order of the form."""

    code = "sheet_incomplete"
    message = "Formularza nie można jeszcze złożyć. Uzupełnij albo popraw wskazane pytania."


class AnswersRefused(Invalid):
    """Its errors say which of the given answers cannot be taken, and why."""

    code = "answers_refused"
    message = "Nie można zapisać tych odpowiedzi. Popraw wskazane miejsca."


class UnknownSections(Invalid):
    code = "unknown_sections"
    message = "Formularz nie ma części: {sections}. Wybierz części z listy."


class UnknownSheetVersion(NotFound):
    code = "unknown_sheet_version"
    message = "Nie złożono wersji {number} tych odpowiedzi."


class KeyTaken(Conflict):
    code = "key_taken"
    message = "Klucz „{key}” ma już „{name}”. Wybierz inny klucz."


class ListInUse(Conflict):
    code = "list_in_use"
    message = (
        "„{name}” jest używane w formularzach: {forms}. Usuń je najpierw z tych formularzy; "
        "opublikowane wersje muszą zachować swoje listy."
    )


class TableUnreadable(Invalid):
    """The workbook does not have one row a unit under the table's columns."""

    code = "table_unreadable"
    message = (
        "W pliku „{name}” nie ma wiersza nagłówków z kolumną „Jednostka” (numer RSPO albo nazwa "
        "skrócona) i co najmniej jedną z kolumn tabeli: {columns}."
    )


class ColumnsChanged(Conflict):
    code = "columns_changed"
    message = (
        "Kolumny tabeli „{name}” zmieniono po odczytaniu arkusza. "
        "Wybierz arkusz jeszcze raz, żeby odczytać go według nowych kolumn."
    )


class TooManyRows(Invalid):
    code = "too_many_rows"
    message = "Plik ma więcej niż {limit} wierszy. Podziel go na mniejsze."


class ColumnsFaulty(Invalid):
    code = "columns_faulty"
    message = "Kolumny tabeli są nieprawidłowe. Popraw wskazane miejsca."


class RowsFaulty(Invalid):
    """Its errors name the row and the cell."""

    code = "rows_faulty"
    message = "Tabeli nie można zapisać. Popraw wskazane komórki."


class TableHasNoKeys(Conflict):
    code = "table_has_no_keys"
    message = "Tabela „{name}” ma wiersz na jednostkę: wypełnia się ją arkuszem z jednostkami."


class KeysFixed(Conflict):
    code = "keys_fixed"
    message = (
        "Tabela „{name}” ma już wiersze, więc jej kluczy nie można zmienić. Załóż nową tabelę."
    )


class UnknownTableEdition(NotFound):
    code = "unknown_table_edition"
    message = "Tabela nie ma wydania {number}."


class SchoolYearFaulty(Invalid):
    code = "school_year_faulty"
    message = "Nie zapisano początku roku szkolnego. Popraw wskazane dni."


class GridUnreadable(Invalid):
    """The workbook does not have the headers of the table's keys."""

    code = "grid_unreadable"
    message = (
        "W pliku „{name}” nie ma wiersza nagłówków ze wszystkimi kluczami tabeli i co najmniej "
        "jedną z jej kolumn: {columns}. Pobierz wzór i wpisz dane do niego."
    )
