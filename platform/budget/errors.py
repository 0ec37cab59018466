from opium.errors import Conflict, Invalid


class PotExists(Conflict):
    code = "pot_exists"
    message = "Na {year} r. jest już pula o kodzie „{code}”. Podaj inny kod albo zmień tamtą."


class PotUnknown(Conflict):
    code = "pot_unknown"
    message = (
        "W budżecie na {year} r. nie ma puli o kodzie: {codes}. Załóż ją w „Budżecie” albo wskaż "
        "inną w procedurze."
    )


class PotOverdrawn(Conflict):
    code = "pot_overdrawn"
    message = (
        "W puli „{name}” ({year}) zostało {left}, a potrzeba {needed}. "
        "Zmniejsz kwotę albo zwiększ pulę."
    )


class PotTaken(Conflict):
    code = "pot_taken"
    message = (
        "Z puli „{name}” ({year}) rozdysponowano już {taken}, więc jej kwota nie może być niższa. "
        "Najpierw zwolnij środki albo zmniejsz wydzielone części."
    )


class MoreThanHeld(Conflict):
    code = "more_than_held"
    message = "{sentence}"


class NothingHeld(Conflict):
    code = "nothing_held"
    message = "Nic tu nie jest {state}, więc nie ma czego {deed}."


class AmountNotPossible(Invalid):
    code = "amount_not_possible"
    message = "Kwota ma być od {least} do {most}, z dokładnością do grosza. Popraw ją."


class KeyUsedOtherwise(Conflict):
    code = "key_used_otherwise"
    message = "To księgowanie ma już inną treść. Odśwież stronę i sprawdź, co zaksięgowano."


class BookedMeanwhile(Conflict):
    code = "booked_meanwhile"
    message = "Ktoś zaksięgował to w tej samej chwili. Odśwież stronę i sprawdź, co zaksięgowano."


class DisposerUnknown(Invalid):
    code = "disposer_unknown"
    message = "Nie ma już tego, kto miałby dysponować pulą. Wybierz z listy."


class ClassificationExists(Conflict):
    code = "classification_exists"
    message = "Na {year} r. jest już pozycja {code}. Popraw tamtą albo podaj inny symbol."


class ClassificationInUse(Conflict):
    code = "classification_in_use"
    message = (
        "Pozycji {code} używają pule, więc jej symboli nie można zmienić ani jej usunąć. "
        "Wyłącz ją i dodaj nową."
    )


class ClassificationOfAnotherYear(Invalid):
    code = "classification_of_another_year"
    message = "Pozycja {code} obowiązuje w {year} r., a pula jest na inny rok. Wybierz inną."


class NothingToCopy(Conflict):
    code = "nothing_to_copy"
    message = "W klasyfikacji na {year} r. nie ma czego skopiować. Wybierz inny rok."
