from opium.errors import Conflict, Invalid


class ShortNameTaken(Conflict):
    code = "short_name_taken"
    message = "Jednostka „{short_name}” już istnieje. Nadaj inną nazwę skróconą."


class RegisterNumberTaken(Conflict):
    code = "register_number_taken"
    message = "Numer RSPO {rspo} ma już jednostka „{unit}”. Sprawdź numer."


class WrongUnitDetails(Invalid):
    code = "wrong_unit_details"
    message = "Dane jednostki są nieprawidłowe. Popraw wskazane pola."


class UnitAlreadyClosed(Conflict):
    code = "unit_already_closed"
    message = "Jednostka „{short_name}” jest już zamknięta."


class UnknownKind(Invalid):
    code = "unknown_kind"
    message = "Nie ma rodzaju jednostek „{code}”. Wybierz jeden z listy rodzajów."


class KindTaken(Conflict):
    code = "kind_taken"
    message = "Rodzaj jednostek o kodzie „{code}” już istnieje."


class SectionTaken(Conflict):
    code = "section_taken"
    message = "Referat o symbolu „{code}” już istnieje."


class MembershipPlace(Invalid):
    code = "membership_place"
    message = "Wskaż albo jednostkę, albo referat, do którego osoba należy."


class AlreadyMember(Conflict):
    code = "already_member"
    message = "{person} ma już to stanowisko w „{place}”."


class MembershipDates(Invalid):
    code = "membership_dates"
    message = "Ostatni dzień nie może być wcześniejszy niż pierwszy."


class GroupNameTaken(Conflict):
    code = "group_name_taken"
    message = "Grupa „{name}” już istnieje. Nadaj inną nazwę."


class UnknownMembers(Invalid):
    code = "unknown_members"
    message = "Nie ma wskazanych jednostek albo osób. Odśwież stronę i wybierz je ponownie."


class NotARegisterFile(Invalid):
    code = "not_a_register_file"
    message = "Plik „{name}” nie jest wykazem z RSPO: {reason}"


class NothingSelected(Invalid):
    code = "nothing_selected"
    message = "Żaden wiersz pliku nie pasuje do warunków: {conditions}.{hint}"


class NothingInCommon(Conflict):
    code = "nothing_in_common"
    message = (
        "Plik nie zawiera ani jednej z wczytanych wcześniej jednostek, a zamknąłby {count}. "
        "Sprawdź, czy to właściwy plik, i podaj organ albo TERYT."
    )
