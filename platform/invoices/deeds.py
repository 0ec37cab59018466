from opium import deeds


class Deed(deeds.Deed):
    ENTER_INVOICE = "invoices.enter_invoice", "Wpisanie faktury do rozliczenia"
    WITHDRAW_INVOICE = "invoices.withdraw_invoice", "Wycofanie faktury z rozliczenia"
    ACCEPT_INVOICE = "invoices.accept_invoice", "Przyjęcie faktury do rozliczenia"
    RETURN_INVOICE = "invoices.return_invoice", "Zwrócenie faktury z powodem"
    DOWNLOAD_INVOICE = "invoices.download_invoice", "Pobranie pliku faktury"
