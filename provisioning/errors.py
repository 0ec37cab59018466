from opium.errors import Conflict, Invalid, NotFound


class ArchiveBroken(Invalid):
    """It is not what was written. Nothing of it has been restored."""

    code = "archive_broken"
    message = "Archiwum jest uszkodzone: {what}. Niczego nie przywrócono; użyj innej kopii."


class ArchiveUnknown(Invalid):
    code = "archive_unknown"
    message = (
        "Archiwum powstało w nowszym wydaniu platformy ({what}). "
        "Zaktualizuj platformę i powtórz; niczego nie przywrócono."
    )


class ArchiveSealed(Invalid):
    code = "archive_sealed"
    message = "Archiwum jest zaszyfrowane. Podaj klucz prywatny: --key PLIK."


class ArchiveOpen(Invalid):
    code = "archive_open"
    message = "Archiwum nie jest zaszyfrowane. Powtórz bez --key, jeśli ufasz jego źródłu."


class KeyUnusable(Invalid):
    code = "key_unusable"
    message = "Plik „{path}” nie jest {kind} kluczem X25519 w zapisie PEM."


class OtherKey(Invalid):
    code = "other_key"
    message = "Ten klucz nie otwiera tego archiwum. Podaj klucz, do którego je zaszyfrowano."


class PlaceUnusable(Invalid):
    code = "place_unusable"
    message = "Miejsce „{place}” nie działa: {why}"


class NotHere(Invalid):
    code = "not_here"
    message = "Nie ma „{place}”. Sprawdź adres."


class WrongKind(Invalid):
    code = "wrong_kind"
    message = "To nie jest archiwum {wanted}, lecz {found}."


class SchemaUnusable(Invalid):
    code = "schema_unusable"
    message = (
        "„{schema}” nie może być nazwą schematu. Użyj małych liter a-z, cyfr, „_” i „-”, "
        "najwyżej 63 znaków, od litery."
    )


class DomainUnusable(Invalid):
    code = "domain_unusable"
    message = "„{domain}” nie jest nazwą hosta. Podaj np. znin.example.org."


class SecretsStaySealed(Conflict):
    code = "secrets_stay_sealed"
    message = (
        "Sekretów, których nie otwiera żaden klucz tej instalacji: {count}. Dopisz klucz "
        "instalacji, z której pochodzi archiwum, na końcu ENCRYPTION_KEYS i powtórz; "
        "niczego nie przywrócono. "
        "Gdy klucza już nie ma: --lost-keys przywraca bez tych sekretów."
    )


class NotEmpty(Conflict):
    code = "not_empty"
    message = (
        "Ta instalacja nie jest pusta ({what}). Całość przywraca się tylko do pustej bazy; "
        "przerwane przywracanie kończy --resume."
    )


class OtherState(Conflict):
    code = "other_state"
    message = (
        "Schemat publiczny tej bazy ma inne migracje niż archiwum. "
        "Przywróć do bazy zupełnie pustej, bez migrate_schemas."
    )


class NoCity(NotFound):
    code = "no_city"
    message = "Nie ma miasta o schemacie „{schema}”."


class OtherName(Invalid):
    code = "other_name"
    message = "Aby usunąć to miasto, wpisz jego nazwę: „{name}”. Niczego nie usunięto."


class PeopleAtWork(Conflict):
    code = "people_at_work"
    message = (
        "W ciągu ostatniej godziny pracowało w tym mieście osób: {count}. Niczego nie usunięto. "
        "Uprzedź je i powtórz, albo usuń mimo to: --while-working."
    )


class CityBusy(Conflict):
    code = "city_busy"
    message = (
        "Coś w tym mieście jeszcze trwa (żądanie albo praca w tle). Niczego nie usunięto; "
        "powtórz za chwilę."
    )


class SomeCitiesFailed(Conflict):
    code = "some_cities_failed"
    message = "{what}"
