from opium.errors import Conflict, Invalid, NotFound


class MessageAlreadySent(Conflict):
    code = "message_already_sent"
    message = "Ta wiadomość jest już wysłana i nie można jej zmienić ani wysłać ponownie."


class MessageNotSent(Conflict):
    code = "message_not_sent"
    message = "Ta wiadomość jest jeszcze szkicem. Najpierw ją wyślij."


class MessageHasLeft(Conflict):
    code = "message_has_left"
    message = (
        "Wiadomość wyszła już do adresatów i wysłania nie można cofnąć. "
        "Możesz ją wycofać u tych, którzy jej jeszcze nie otworzyli."
    )


class MessageIncomplete(Invalid):
    code = "message_incomplete"
    message = "Wiadomości nie można jeszcze wysłać. Popraw wskazane pola."


class NoRecipients(Invalid):
    code = "no_recipients"
    message = (
        "Wśród wybranych adresatów nie ma żadnej czynnej jednostki ani osoby. "
        "Wybierz adresatów i wyślij ponownie."
    )


class OwnMessage(Conflict):
    code = "own_message"
    message = "Ta wiadomość przyszła do Ciebie, nie do jednostki, więc nie można jej przekazać."


class AnsweredAlready(Conflict):
    code = "answered_already"
    message = "Na tę wiadomość jest już odpowiedź, więc nie ma czego przekazywać."


class NotHandedOver(Conflict):
    code = "not_handed_over"
    message = "Tej wiadomości nikomu nie przekazano. Odśwież stronę."


class ColleagueCannotAnswer(Invalid):
    code = "colleague_cannot_answer"
    message = (
        "{person} nie może odpowiadać w imieniu jednostki. Wybierz inną osobę albo poproś "
        "administratora, żeby nadał jej to uprawnienie."
    )


class EverybodyHasOpened(Conflict):
    code = "everybody_has_opened"
    message = (
        "Nie ma u kogo wycofać wiadomości: każdy z tych adresatów już ją otworzył albo na nią "
        "odpowiedział."
    )


class NoDeadline(Conflict):
    code = "no_deadline"
    message = "Ta wiadomość nie ma terminu odpowiedzi, więc nie ma czego przesunąć."


class WrongDeadline(Invalid):
    code = "wrong_deadline"
    message = "Tego terminu nie można ustalić. Popraw wskazane pole."


class NobodyNew(Conflict):
    code = "nobody_new"
    message = "Wszyscy wybrani mają już tę wiadomość. Wybierz kogoś, kto jej nie dostał."


class AcceptanceNeeded(Conflict):
    code = "acceptance_needed"
    message = (
        "Wiadomość do tych adresatów musi najpierw zaakceptować przełożony. "
        "Użyj „Wyślij ponownie jako nową” i wybierz ich jako adresatów."
    )


class UnknownAttachment(Invalid):
    code = "unknown_attachment"
    message = "Szablonem może być tylko załącznik tej wiadomości. Wybierz go z listy załączników."


class NoAnswerWanted(Conflict):
    code = "no_answer_wanted"
    message = "Nadawca tej wiadomości nie prosi o odpowiedź."


class AnswersLocked(Conflict):
    code = "answers_locked"
    message = (
        "Odpowiedzi przyjmowano do {moment}. Aby wysłać odpowiedź po tym terminie, "
        "skontaktuj się z nadawcą wiadomości."
    )


class AnswerIncomplete(Invalid):
    code = "answer_incomplete"
    message = "W odpowiedzi brakuje tego, o co prosi nadawca. Uzupełnij wskazane pola."


class AnswersForThemselves(Conflict):
    code = "answers_for_themselves"
    message = (
        "Ta wiadomość przyszła do osoby, nie do jednostki. Odpowiada na nią tylko ta osoba; "
        "poproś ją o odpowiedź w systemie."
    )


class NotDeliveredYet(Conflict):
    code = "not_delivered_yet"
    message = (
        "Wiadomość jest jeszcze w drodze do tej jednostki. Wpisz odpowiedź, gdy będzie doręczona."
    )


class UnitAnswered(Conflict):
    code = "unit_answered"
    message = (
        "Jednostka {unit} odpowiedziała już sama i jej odpowiedź jest ważna. Jeśli ma być inna, "
        "poproś jednostkę, żeby ją poprawiła."
    )


class WorkbookUnreadable(Invalid):
    code = "workbook_unreadable"
    message = (
        "Nie udało się odczytać arkusza „{name}”. {sentence} "
        "Popraw plik albo wyślij go mimo to, jeśli nie da się go poprawić."
    )


class WorkbookUnlike(Invalid):
    code = "workbook_unlike"
    message = (
        "Arkusz „{name}” nie wygląda jak wypełniony wzór. {sentence} Dołącz właściwy plik albo "
        "wyślij ten mimo to i napisz, dlaczego."
    )


class NobodyIsSilent(Conflict):
    code = "nobody_is_silent"
    message = (
        "Nie ma kogo ponaglać: każdy adresat odpowiedział albo dostał ponaglenie przed chwilą."
    )


class FileReplaced(Conflict):
    code = "file_replaced"
    message = (
        "{recipient} ma już nowszą odpowiedź niż ta, której pliku nie scalono. "
        "Scal arkusze jeszcze raz."
    )


class NothingToMerge(Conflict):
    code = "nothing_to_merge"
    message = "Nie ma jeszcze żadnego arkusza do scalenia. Poczekaj na odpowiedzi jednostek."


class MergeUnderWay(Conflict):
    code = "merge_under_way"
    message = "Scalanie w innym trybie właśnie trwa. Poczekaj na jego wynik i uruchom je ponownie."


class MergeNotDone(NotFound):
    code = "merge_not_done"
    message = "Scalony arkusz nie jest jeszcze gotowy."


class TemplateMissing(Conflict):
    code = "template_missing"
    message = "Ta wiadomość nie prosi o wypełnienie arkusza, więc nie ma czego scalać."


class MessagePending(Conflict):
    code = "message_pending"
    message = "Ta wiadomość czeka na akceptację i nie można jej teraz zmienić."


class MessageHeld(Conflict):
    code = "message_held"
    message = (
        "Tego szkicu nie można wyrzucić, bo należy do ogłoszenia, na przykład naboru. "
        "Popraw go, jeśli trzeba, i wyślij: adresaci jeszcze go nie dostali."
    )


class AcceptanceUnprepared(Conflict):
    code = "acceptance_unprepared"
    message = (
        "Nie można wymagać tej akceptacji: {reason} Wskaż przy zasadzie, kto ma akceptować, "
        "i zapisz ją ponownie."
    )


class NobodyAccepts(Conflict):
    code = "nobody_accepts"
    message = (
        "Tej wiadomości nie ma kto zaakceptować: nikt poza Tobą nie pełni funkcji, której wymaga "
        "zasada akceptacji. Poproś administratora o przypisanie funkcji."
    )


class LinkOver(Conflict):
    code = "link_over"
    message = (
        "Ten odnośnik już nie działa: {why}. "
        "Zaloguj się, aby zobaczyć, co się z wiadomością dzieje."
    )
