from opium import permissions


class Permission(permissions.Permission):
    UPLOAD_FILE = (
        "files.upload_file",
        "Przesyłanie plików",
        "Przesłanie pliku na serwer; może to zrobić każda zalogowana osoba.",
        permissions.Held.BY_EVERYBODY,
    )
    COLLECT_MADE = (
        "files.collect_made",
        "Odbieranie przygotowanych wydruków",
        "Wydruki i podglądy, o które ktoś sam poprosił; może to zrobić każda zalogowana osoba.",
        permissions.Held.BY_EVERYBODY,
    )
