from opium import permissions


class Permission(permissions.Permission):
    """Uploading needs no role, only an account; the right is here to name the deed in the log."""

    UPLOAD_FILE = (
        "files.upload_file",
        "Przesyłanie plików",
        "Przesłanie pliku na serwer; może to zrobić każda zalogowana osoba.",
    )
