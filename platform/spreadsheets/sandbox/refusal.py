"""How the child says no: a code of `spreadsheets.errors`, and the word that fills its message."""


class Refused(Exception):
    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.what = what
