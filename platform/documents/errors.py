from opium.errors import Invalid


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
