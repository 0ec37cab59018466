from opium.errors import Conflict, Invalid


class SettlementClosed(Conflict):
    code = "settlement_closed"
    message = "Faktur nie można tu teraz rozliczać. {reason}"


class NipWrong(Invalid):
    code = "nip_wrong"
    message = "NIP {whose} ({nip}) jest błędny: nie zgadza się cyfra kontrolna. Popraw go."


class InvoiceFieldsMissing(Invalid):
    code = "invoice_fields_missing"
    message = "Wpisz dane faktury: {missing}. Możesz też dodać jej plik XML z KSeF."


class ForeignCurrency(Invalid):
    code = "foreign_currency"
    message = (
        "Faktura jest w walucie {currency}, a rozlicza się złote. Wpisz ją ręcznie z kwotami "
        "przeliczonymi na złote po kursie z dnia płatności."
    )


class ForeignBuyer(Invalid):
    code = "foreign_buyer"
    message = "{sentence} Poproś sprzedawcę o korektę albo rozlicz inną fakturę."


class InvoiceKnown(Conflict):
    """Says nothing of whose matter it stands in."""

    code = "invoice_known"
    message = (
        "Fakturę {number} tego sprzedawcy już rozliczono albo czeka ona na rozliczenie. Każdą "
        "fakturę rozlicza się raz: sprawdź numer, a jeśli jest właściwy, zapytaj urząd."
    )


class NoShares(Invalid):
    code = "no_shares"
    message = "Wpisz, ile z tej faktury przypada na pozycje kosztorysu: choć jedną kwotę."


class LineUnknown(Invalid):
    code = "line_unknown"
    message = "W kosztorysie nie ma już takiej pozycji. Odśwież stronę i wpisz kwoty na nowo."


class SharesBeyondInvoice(Invalid):
    code = "shares_beyond_invoice"
    message = (
        "Na pozycje kosztorysu wpisano {shares}, a faktura jest na {gross}. Zmniejsz kwoty "
        "w pozycjach."
    )


class WrongSign(Invalid):
    code = "wrong_sign"
    message = (
        "Kwoty faktury i pozycji mają być dodatnie; ujemne ma tylko korekta, która zmniejsza "
        "fakturę. Popraw znaki kwot."
    )


class LineExceeded(Conflict):
    code = "line_exceeded"
    message = (
        "Pozycja „{line}” ma w kosztorysie {planned}, wolno w niej rozliczyć najwyżej {most}, "
        "a z tą fakturą byłoby {amount}. Zmniejsz kwotę w tej pozycji."
    )


class AwardExceeded(Conflict):
    code = "award_exceeded"
    message = (
        "Z przyznanych środków zostało do rozliczenia {left}, a ta faktura ma {amount}. Zmniejsz "
        "kwoty w pozycjach: resztę faktury opłacono z innych środków."
    )


class NotACorrection(Invalid):
    code = "not_a_correction"
    message = "Faktura korygująca poprawia inną fakturę z tego rozliczenia. Wskaż którą."


class CorrectsAnother(Invalid):
    code = "corrects_another"
    message = (
        "Korygowana faktura ma innego sprzedawcę albo nie jest już rozliczana. Wskaż właściwą."
    )


class CorrectionBeyond(Conflict):
    code = "correction_beyond"
    message = (
        "Razem z korektami faktura {number} byłaby mniejsza niż zero. Popraw kwoty; fakturę można "
        "zwrócić albo wycofać dopiero po jej korektach, a korektę przyjąć po fakturze."
    )


class InvoiceSettled(Conflict):
    code = "invoice_settled"
    message = "Faktura {number} ma już stan „{state}”, więc nie można tego zrobić. Odśwież stronę."
