from opium.errors import Conflict, Invalid


class NotPrintable(Invalid):
    code = "not_printable"
    message = "Dokumentu nie da się zapisać jako PDF: {reason}"


class TemplateUnreadable(Invalid):
    code = "template_unreadable"
    message = (
        "Tego pliku nie da się odczytać jako dokumentu Word (.docx). Otwórz go w Wordzie, "
        "zapisz jako „Dokument programu Word (.docx)” i dodaj ponownie."
    )


class TemplateFaulty(Invalid):
    code = "template_faulty"
    message = "W szablonie jest błąd: {reason}. Popraw go w Wordzie i dodaj szablon ponownie."


class InvoiceUnreadable(Invalid):
    code = "invoice_unreadable"
    message = (
        "Tego pliku nie można przyjąć jako faktury ustrukturyzowanej: {reason} Pobierz fakturę "
        "z KSeF jako XML i dodaj ją ponownie albo wpisz jej dane ręcznie."
    )


class DocumentTooDemanding(Invalid):
    code = "document_too_demanding"
    message = (
        "Przygotowanie tego dokumentu wymaga więcej niż {seconds} s pracy albo {memory} MB "
        "pamięci, więc je przerwano. Skróć dokument albo zmniejsz w nim obrazy; w szablonie "
        "pisma sprawdź powtórzenia ({{% for … %}}) i makra."
    )


class DocumentBroken(Invalid):
    code = "document_broken"
    message = (
        "Tego dokumentu nie da się przygotować: coś w nim jest uszkodzone. Otwórz szablon "
        "w Wordzie, zapisz go jeszcze raz jako .docx i dodaj ponownie."
    )


class DocumentsBusy(Conflict):
    code = "documents_busy"
    message = "Serwer przygotowuje teraz inne dokumenty. Spróbuj ponownie za minutę."
