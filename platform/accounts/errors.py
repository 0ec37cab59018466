from opium.errors import Conflict, Forbidden, Invalid, NotFound, TooOften


class WrongCredentials(Invalid):
    code = "wrong_credentials"
    message = (
        "Adres e-mail albo hasło jest nieprawidłowe. Sprawdź oba i spróbuj ponownie, "
        "a jeśli to nie pomoże, ustaw nowe hasło albo poproś o pomoc administratora."
    )


class EmailTaken(Conflict):
    code = "email_taken"
    message = "Konto z adresem {email} już istnieje. Znajdź je na liście osób."


class PersonOfOthers(Conflict):
    """Nobody comes under a place because somebody there knows of them: people agree to it."""

    code = "person_of_others"
    message = (
        "Ta osoba nie należy do miejsca, którym kierujesz. Zaproś ją na liście osób: dołączy, "
        "gdy się na to zgodzi."
    )


class AlreadyHere(Conflict):
    code = "already_here"
    message = "{person} już tu należy. Kolejną rolę nadasz na stronie tej osoby."


class AlreadyAsked(Conflict):
    code = "already_asked"
    message = (
        "Prośba do osoby z adresem {email} już czeka na zgodę w tym miejscu. "
        "Wycofaj ją, jeśli chcesz wysłać nową."
    )


class JoiningEnded(Conflict):
    code = "joining_ended"
    message = (
        "Ta prośba już nie czeka: ktoś na nią odpowiedział, wycofano ją albo minął jej termin. "
        "Odśwież stronę."
    )


class SignInToAnswer(Conflict):
    code = "sign_in_to_answer"
    message = "Masz już konto. Zaloguj się i odpowiedz na prośbę na stronie „Co na mnie czeka”."


class AccountClosed(Conflict):
    code = "account_closed"
    message = "Konto osoby {person} jest zamknięte. Najpierw otwórz je ponownie."


class AccountOpen(Conflict):
    code = "account_open"
    message = "Konto osoby {person} jest czynne."


class OwnAccount(Conflict):
    code = "own_account"
    message = "Własnego konta nie można zamknąć. Poproś o to innego administratora."


class WrongSuccessor(Invalid):
    code = "wrong_successor"
    message = "Sprawy może przejąć tylko inna osoba z czynnym kontem. Wybierz ją z listy."


class UnknownPermission(Invalid):
    code = "unknown_permission"
    message = "Nie ma uprawnienia „{name}”."


class UnknownScope(Invalid):
    code = "unknown_scope"
    message = "Rola nie może działać w zakresie „{kind}”."


class UnknownPlace(Invalid):
    code = "unknown_place"
    message = "Nie ma takiego miejsca. Wybierz z listy jednostkę, referat, grupę albo rodzaj."


class AssignmentDates(Invalid):
    code = "assignment_dates"
    message = "Ostatni dzień nie może być wcześniejszy niż pierwszy. Popraw daty."


class BeyondOwnRights(Forbidden):
    code = "beyond_own_rights"
    message = (
        "Nie możesz nadać roli „{role}” w tym zakresie, bo nie masz w nim uprawnienia „{label}”. "
        "Poproś o to administratora miasta."
    )


class SecondPersonNeeded(Conflict):
    """Nobody makes an administrator alone."""

    code = "second_person_needed"
    message = (
        "Ta zmiana daje komuś zarządzanie rolami w całym mieście w dniach, w których ta osoba go "
        "dotąd nie miała, a to potwierdza druga osoba. Zaproponuj to: na stronie osoby wybierz "
        "„Nadaj rolę”, całe miasto."
    )


class NoSecondPersonNeeded(Invalid):
    code = "no_second_person_needed"
    message = "Roli „{role}” nie musi potwierdzać druga osoba. Nadaj ją od razu."


class NoRecoveryNeeded(Invalid):
    code = "no_recovery_needed"
    message = (
        "{person} nie ma uprawnień, których nie masz, więc druga osoba nie jest potrzebna. Zrób to "
        "od razu na stronie tej osoby."
    )


class AddressMissing(Invalid):
    code = "address_missing"
    message = "Podaj nowy adres e-mail, z którym ta osoba ma się logować."


class DaysOver(Invalid):
    code = "days_over"
    message = "Ostatni dzień już minął, więc rola nie zaczęłaby działać. Popraw daty."


class NotInPlaceOf(Forbidden):
    code = "not_in_place_of"
    message = (
        "Tego nie robi się w zastępstwie: proponuje, potwierdza i odmawia się tylko własnym prawem "
        "i we własnym imieniu."
    )


class AlreadyProposed(Conflict):
    code = "already_proposed"
    message = "„{title}” już czeka na drugą osobę. Nie trzeba proponować tego ponownie."


class MotionEnded(Conflict):
    code = "motion_ended"
    message = "To już nie czeka: ktoś zdecydował, wycofano to albo minął termin. Odśwież stronę."


class NotSecondPerson(Forbidden):
    code = "not_second_person"
    message = "{reason}"


class StrongerPerson(Forbidden):
    code = "stronger_person"
    message = (
        "{person} ma uprawnienie „{label}”, którego tam nie masz, więc nie możesz zmienić tej "
        "osobie sposobu logowania. Na stronie tej osoby poproś o zgodę drugą osobę."
    )


class ProofNeeded(Forbidden):
    code = "proof_needed"
    message = "Potwierdź, że to Ty: podaj hasło albo drugi składnik i spróbuj ponownie."


class NotByKey(Forbidden):
    code = "not_by_key"
    message = "Tego nie można zrobić kluczem API. Zaloguj się w przeglądarce."


class OwnWayIn(Conflict):
    code = "own_way_in"
    message = "Własny adres i drugi składnik zmienisz na stronie „Moje konto”."


class ProviderWaiting(Forbidden):
    code = "provider_waiting"
    message = (
        "Ten sposób logowania czeka, aż zatwierdzi go osoba, która zarządza rolami w mieście. "
        "Zaloguj się hasłem."
    )


class LastAdministrator(Conflict):
    code = "last_administrator"
    message = (
        "Po tej zmianie nikt nie mógłby zarządzać rolami w całym mieście. "
        "Najpierw nadaj to uprawnienie innej osobie, bezterminowo."
    )


class RoleTaken(Conflict):
    code = "role_taken"
    message = "Rola „{name}” już istnieje. Wybierz inną nazwę."


class RoleInUse(Conflict):
    code = "role_in_use"
    message = "Rola „{role}” jest nadana ({count}). Odbierz ją wszystkim, zanim ją usuniesz."


class NothingOffered(Conflict):
    code = "nothing_offered"
    message = (
        "Dla roli „{role}” nie czekają żadne nowe uprawnienia. Pewnie ktoś już o nich zdecydował;"
        " odśwież stronę."
    )


class FunctionTaken(Conflict):
    code = "function_taken"
    message = "Funkcja o kodzie „{code}” już istnieje. Wybierz inny kod."


class FunctionNameTaken(Conflict):
    code = "function_name_taken"
    message = (
        "Funkcja o nazwie „{name}” już jest (kod: {code}). Wskaż, kto ją pełni, albo podaj inną "
        "nazwę."
    )


class HolderTaken(Conflict):
    code = "holder_taken"
    message = "Ta funkcja jest już tak przypisana w tym miejscu."


class HolderMissing(Invalid):
    code = "holder_missing"
    message = "Wskaż osobę albo rolę, jedno z dwojga."


class SubstitutionDates(Invalid):
    code = "substitution_dates"
    message = "Ostatni dzień zastępstwa nie może być wcześniejszy niż pierwszy ani już miniony."


class SubstitutionOverlap(Conflict):
    code = "substitution_overlap"
    message = (
        "{person} ma już w tych dniach zastępstwo: {substitute}. Zmień daty albo odwołaj tamto."
    )


class WrongSubstitute(Invalid):
    code = "wrong_substitute"
    message = "Zastępcą może być tylko inna osoba z czynnym kontem. Wybierz ją z listy."


class NoSubstitute(Forbidden):
    code = "no_substitute"
    message = "Nie zastępujesz dziś osoby {person}."


class LinkEnded(Invalid):
    code = "link_ended"
    message = (
        "Ten odnośnik już nie działa: wygasł, został użyty albo zastąpiony nowszym. "
        "Poproś o nowy na stronie logowania albo u osoby, która prowadzi konta."
    )


class WeakPassword(Invalid):
    code = "weak_password"
    message = "Hasło jest za słabe. Wybierz dłuższe, którego nikt nie zgadnie."


class WrongPassword(Invalid):
    code = "wrong_password"
    message = "Obecne hasło jest nieprawidłowe."


class SheetWithoutColumns(Invalid):
    code = "sheet_without_columns"
    message = (
        "W pierwszym arkuszu nie ma wiersza z nagłówkami: {missing}. "
        "Pobierz wzór, wypełnij go i wyślij ponownie."
    )


class TooManyRows(Invalid):
    code = "too_many_rows"
    message = "Arkusz ma więcej niż {limit} wierszy. Podziel go na części."


class Locked(TooOften):
    code = "locked"
    message = (
        "Zbyt wiele nieudanych prób. Spróbuj ponownie za {minutes} min albo ustaw nowe hasło "
        "na stronie logowania."
    )


class NothingPending(Invalid):
    code = "nothing_pending"
    message = "Logowanie wygasło. Zacznij od adresu e-mail i hasła."


class WrongFactor(Invalid):
    code = "wrong_factor"
    message = (
        "Kod albo klucz jest nieprawidłowy. Wpisz kod, który aplikacja pokazuje teraz, "
        "albo kod zapasowy, którego jeszcze nie użyto."
    )


class FactorThere(Conflict):
    code = "factor_there"
    message = "Aplikacja z kodami jest już ustawiona. Usuń ją, zanim ustawisz nową."


class NoFactor(NotFound):
    code = "no_factor"
    message = "Nie masz takiego drugiego składnika. Odśwież stronę."


class NoFactorLoss(Conflict):
    code = "no_factor_loss"
    message = "Zgłoszenie osoby {person} już nie czeka. Odśwież stronę."


class NoSession(NotFound):
    code = "no_session"
    message = "Tej sesji już nie ma. Odśwież stronę."


class ProviderFailed(Invalid):
    code = "provider_failed"
    message = "Logowanie przez miasto nie powiodło się. Spróbuj ponownie albo użyj hasła."


class ProviderUnknown(NotFound):
    code = "provider_unknown"
    message = "Nie ma takiego sposobu logowania."


class ProviderTaken(Conflict):
    code = "provider_taken"
    message = "Sposób logowania o kodzie „{code}” już istnieje. Wybierz inny kod."


class InsecureAddress(Invalid):
    code = "insecure_address"
    message = "Adres dostawcy musi zaczynać się od https://. Popraw go."


class NotInvited(Forbidden):
    code = "not_invited"
    message = "Nie masz tu konta. Poproś o zaproszenie osobę, która prowadzi konta w Twoim mieście."


class TokenBeyondRights(Forbidden):
    code = "token_beyond_rights"
    message = "Klucz nie może mieć uprawnienia „{name}”, którego sam nie masz."


class TokenDates(Invalid):
    code = "token_dates"
    message = "Klucz może działać najwyżej {days} dni, licząc od dziś. Popraw datę."


class TokenRevoked(Conflict):
    code = "token_revoked"
    message = "Ten klucz jest już unieważniony."


class TokenBusy(TooOften):
    code = "token_busy"
    message = "Ten klucz wysłał już {limit} zapytań w tej minucie. Odczekaj minutę."


class Overdone(TooOften):
    code = "too_often"
    message = (
        "W ciągu godziny można to zrobić {limit} razy i ta liczba jest już wykorzystana. "
        "Spróbuj ponownie za {minutes} min."
    )


class TooManyViews(Invalid):
    code = "too_many_views"
    message = "Ta lista ma już {limit} zapisanych widoków. Usuń któryś i zapisz ten."
