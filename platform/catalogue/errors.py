from opium.errors import Conflict, NotFound


class TypeUnknown(NotFound):
    code = "type_unknown"
    message = "W katalogu nie ma typu „{key}”. Odśwież stronę: katalog mógł się zmienić."


class TypeNotLoaded(Conflict):
    code = "type_not_loaded"
    message = "Miasto nie ma jeszcze procedury „{name}”. Najpierw ją włącz."


class TypeAlreadyOn(Conflict):
    code = "type_already_on"
    message = (
        "Procedura „{name}” jest już w mieście opublikowana. Zmieniasz ją w edytorze procedur."
    )
