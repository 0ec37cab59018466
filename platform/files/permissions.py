from opium import permissions


class Permission(permissions.Permission):
    UPLOAD_FILE = (
        "files.upload_file",
        "Przesyłanie plików",
        "Przesłanie pliku na serwer; może to zrobić każda zalogowana osoba.",
        permissions.Held.BY_EVERYBODY,
    )
