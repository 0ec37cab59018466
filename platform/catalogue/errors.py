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


class FormNotPublished(Conflict):
    code = "form_not_published"
    message = (
        "Formularz „{name}” ma w szkicu zmiany, których nikt jeszcze nie opublikował, a wydanie "
        "z katalogu by je zastąpiło. Opublikuj je albo cofnij w edytorze formularza, a potem weź "
        "wydanie jeszcze raz."
    )
