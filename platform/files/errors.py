from opium.errors import Conflict, Forbidden, Invalid, NotFound


class NameUnusable(Invalid):
    code = "file_name_unusable"
    message = (
        "Nazwa „{name}” nie może być nazwą pliku. Nadaj plikowi nazwę z rozszerzeniem, "
        "np. ankieta.xlsx."
    )


class NameTooLong(Invalid):
    code = "file_name_too_long"
    message = "Nazwa pliku ma więcej niż {limit} znaków. Skróć ją i wyślij plik jeszcze raz."


class FileEmpty(Invalid):
    code = "file_empty"
    message = "Plik „{name}” jest pusty (0 bajtów). Sprawdź, czy dobrze się zapisał."


class FileTooLarge(Invalid):
    code = "file_too_large"
    message = (
        "Plik „{name}” ma {size}, a największy dozwolony rozmiar to {limit}. "
        "Zmniejsz go albo podziel na części."
    )


class QuotaSpent(Conflict):
    code = "quota_spent"
    message = (
        "Plik „{name}” ({size}) już się nie zmieści: pliki {whose} zajmują {used} "
        "z dozwolonych {limit}. Usuń pliki ze szkiców, których już nie potrzebujesz, "
        "albo poproś administratora miasta o więcej miejsca."
    )


class TypeNotAllowed(Invalid):
    code = "file_type_not_allowed"
    message = (
        "Plik „{name}” to {found}, a takich plików system nie przyjmuje. Dozwolone są: {allowed}."
    )


class ContentDisagrees(Invalid):
    code = "file_content_disagrees"
    message = (
        "Plik „{name}” ma rozszerzenie .{extension}, ale w środku jest {found}. "
        "Otwórz go w programie, w którym powstał, i zapisz ponownie jako .{extension}."
    )


class FileDamaged(Invalid):
    code = "file_damaged"
    message = (
        "Plik „{name}” jest uszkodzony albo zapisany tylko w części. "
        "Zapisz go ponownie i wyślij jeszcze raz."
    )


class FileInfected(Invalid):
    code = "file_infected"
    message = (
        "W pliku „{name}” program antywirusowy znalazł złośliwe oprogramowanie ({malware}), więc "
        "pliku nie przyjęto. Przeskanuj komputer, na którym powstał, i zapisz plik od nowa."
    )


class FileTooLargeToScan(Invalid):
    code = "file_too_large_to_scan"
    message = (
        "Plik „{name}” jest za duży dla programu antywirusowego serwera, więc go nie przyjęto. "
        "Podziel go na mniejsze pliki."
    )


class ScannerSilent(Conflict):
    code = "scanner_silent"
    message = (
        "Program antywirusowy serwera chwilowo nie odpowiada, więc pliku jeszcze nie przyjęto. "
        "Plik czeka na serwerze; jeśli to nie minie, zgłoś to administratorowi."
    )


class SizeDiffers(Invalid):
    code = "file_size_differs"
    message = "Dotarło {size} zamiast zapowiedzianych {declared}. Wyślij plik jeszcze raz."


class NotArrived(Conflict):
    code = "file_not_arrived"
    message = "Plik „{name}” jeszcze nie dotarł na serwer. Wyślij go do końca i spróbuj ponownie."


class UploadExpired(Conflict):
    code = "upload_expired"
    message = "Minął czas na przesłanie pliku „{name}”. Wybierz plik jeszcze raz."


class UnknownFile(Invalid):
    code = "unknown_file"
    message = "Wskazanego pliku nie ma wśród przesłanych przez Ciebie. Dodaj go jeszcze raz."


class FileNotReady(Conflict):
    code = "file_not_ready"
    message = "Plik „{name}” nie został przesłany do końca. Wyślij go jeszcze raz."


class FileBeingChecked(Conflict):
    code = "file_being_checked"
    message = (
        "Program antywirusowy jeszcze sprawdza plik „{name}”. Poczekaj chwilę i spróbuj ponownie."
    )


class FileAlreadyUsed(Conflict):
    code = "file_already_used"
    message = "Plik „{name}” został już użyty w innym miejscu. Dodaj go jeszcze raz."


class UnknownPurpose(Invalid):
    code = "unknown_purpose"
    message = "Plików nie odczytuje się w celu „{purpose}”. Odśwież stronę i spróbuj ponownie."


class UnknownSubject(Invalid):
    code = "unknown_subject"
    message = (
        "Nie wiadomo, czego dotyczy odczyt pliku: „{about}”. Odśwież stronę i wybierz plik "
        "jeszcze raz."
    )


class FileNotRead(Conflict):
    code = "file_not_read"
    message = "Plik „{name}” nie jest jeszcze odczytany. Poczekaj chwilę i spróbuj ponownie."


class ReadingRefused(Invalid):
    """What a reading came to; the sentence and the fields are those of its failure."""

    code = "reading_refused"


class ContentTooLarge(Invalid):
    code = "content_too_large"
    message = (
        "W pliku „{name}” jest więcej treści, niż można wczytać naraz ({limit}). "
        "Podziel go na mniejsze pliki i wczytaj każdy osobno."
    )


class ContentNotStorable(Invalid):
    code = "content_not_storable"
    message = (
        "W pliku „{name}” są znaki, których nie można zapisać. Usuń je albo przepisz tekst "
        "do nowego pliku i wczytaj go ponownie."
    )


class NotMadeYet(Conflict):
    code = "not_made_yet"
    message = "Plik „{name}” nie jest jeszcze gotowy. Poczekaj chwilę i spróbuj ponownie."


class FileLost(NotFound):
    code = "file_lost"
    message = "Pliku „{name}” nie ma w magazynie plików. Zgłoś to administratorowi."


class TooManyOrphans(Conflict):
    code = "too_many_orphans"
    message = (
        "W magazynie jest {count} plików, o których baza nie wie (dopuszczalne: {limit}). "
        "To wygląda na bazę przywróconą ze starszej kopii; niczego nie usunięto. "
        "Sprawdź kopie, zanim spróbujesz ponownie."
    )


class StorageFull(Conflict):
    code = "storage_full"
    message = (
        "Na serwerze skończyło się miejsce na pliki, więc ten nie został zapisany. "
        "Zachowaj go u siebie i spróbuj ponownie później."
    )


class LinkExpired(Forbidden):
    code = "link_expired"
    message = (
        "Ten odnośnik do pliku wygasł. Wróć do strony, na której jest plik, i spróbuj ponownie."
    )


class LinkTampered(Forbidden):
    code = "link_tampered"
    message = (
        "Ten odnośnik do pliku jest niepełny albo zmieniony. "
        "Wróć do strony, na której jest plik, i spróbuj ponownie."
    )


class ForeignKeys(Invalid):
    code = "foreign_keys"
    message = "Wśród plików jest taki, który wskazuje miejsce poza folderem swojego miasta."


class UnknownContent(Invalid):
    code = "unknown_content"
    message = "Żaden plik miasta nie ma treści {sha256}."
