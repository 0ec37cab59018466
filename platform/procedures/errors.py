from opium.errors import Conflict, Forbidden, Invalid, NotFound


class CaseChangedMeanwhile(Conflict):
    code = "case_changed_meanwhile"
    message = "{story} Odśwież stronę, zanim zrobisz następny krok."


class ActionNotAvailable(Conflict):
    code = "action_not_available"
    message = "{sentence}"


class CaseClosed(Conflict):
    code = "case_closed"
    message = "Ta sprawa jest zakończona ({closed_on}) i nic więcej nie można w niej zrobić."


class NotYourPart(Forbidden):
    code = "not_your_part"
    message = "Tę czynność wykonuje: {who}. Jeśli to Ty, poproś administratora o przypisanie."


class ActionIncomplete(Invalid):
    code = "action_incomplete"
    message = "Tej czynności nie można jeszcze wykonać. Uzupełnij wskazane pola."


class NothingToUndo(Conflict):
    code = "nothing_to_undo"
    message = "{sentence}"


class ProcedureNotOpen(Conflict):
    code = "procedure_not_open"
    message = "{sentence}"


class ApplicantMissing(Invalid):
    code = "applicant_missing"
    message = "Wskaż jednostkę, w której imieniu zakładasz tę sprawę."


class UnknownOpinion(NotFound):
    code = "unknown_opinion"
    message = "Nie ma takiego pytania o opinię albo je cofnięto."


class SubjectBusy(Conflict):
    code = "subject_busy"
    message = "Dla tej pozycji toczy się już sprawa. Zakończ ją, zanim założysz następną."


class StageUnknown(Invalid):
    code = "stage_unknown"
    message = "W tym wydaniu procedury nie ma etapu „{stage}”. Wskaż inny."


class ClassExists(Conflict):
    code = "class_exists"
    message = "Klasa {code} jest już w wykazie. Zmień symbol albo popraw tę, która jest."


class ClassInUse(Conflict):
    code = "class_in_use"
    message = (
        "W klasie {code} nadano już znaki spraw, więc jej symbolu nie można zmienić ani usunąć. "
        "Wyłącz ją i dodaj nową."
    )


class ClassUnknown(Conflict):
    code = "class_unknown"
    message = (
        "W wykazie akt nie ma czynnej klasy {code}, z której powstaje znak sprawy. "
        "Poproś administratora o jej dodanie."
    )


class LetterTemplateExists(Conflict):
    code = "letter_template_exists"
    message = "Wzór pisma o kluczu „{key}” już jest. Podaj inny klucz albo zmień plik tamtego."


class TemplateAsksUnknown(Invalid):
    code = "template_asks_unknown"
    message = "Wzór używa nieznanych pól: {names}. Pola zaczynają się od: {known}."


class TemplateMissing(Conflict):
    code = "template_missing"
    message = (
        "Nie ma czynnego wzoru pisma „{name}”. Dodaj go w „Wzorach pism”, zanim zrobisz ten krok."
    )


class NoCasesChosen(Invalid):
    code = "no_cases_chosen"
    message = "Zaznacz co najmniej jedną sprawę."


class TooManyLetters(Invalid):
    code = "too_many_letters"
    message = "Naraz można wydać najwyżej {most} pism. Zaznacz mniej spraw."


class LetterNotYours(Forbidden):
    code = "letter_not_yours"
    message = (
        "Pisma „{name}” nie wydajesz w tym etapie. Wydaje je, kto w nim rozstrzyga albo prowadzi "
        "wzory pism. Jeśli to Ty, poproś administratora o przypisanie."
    )


class LetterNotFailed(Conflict):
    code = "letter_not_failed"
    message = "To pismo nie wymaga ponowienia. Odśwież stronę."


class LetterNotReady(Conflict):
    code = "letter_not_ready"
    message = "Pismo jest jeszcze przygotowywane. Spróbuj za chwilę."


class ProcedureChangedMeanwhile(Conflict):
    code = "procedure_changed_meanwhile"
    message = (
        "Ktoś zmienił w tym czasie procedurę „{name}”. Odśwież stronę, żeby zobaczyć jego zmiany, "
        "a potem nanieś swoje."
    )


class ProcedureArchived(Conflict):
    code = "procedure_archived"
    message = "Procedura „{name}” jest w archiwum. Przywróć ją, zanim coś w niej zmienisz."


class ProcedureFaulty(Invalid):
    code = "procedure_faulty"
    message = "Tej procedury nie można jeszcze opublikować. Popraw wskazane miejsca."


class NothingToPublish(Conflict):
    code = "nothing_to_publish"
    message = "Od ostatniego wydania nic się nie zmieniło, więc nie ma czego publikować."


class ProcedureNotPublished(Conflict):
    code = "procedure_not_published"
    message = "Procedura „{name}” nie ma jeszcze żadnego wydania. Najpierw ją opublikuj."


class UnknownProcedureRevision(NotFound):
    code = "unknown_revision"
    message = "Ta procedura nie ma wydania {number}."


class CasesUndecided(Conflict):
    code = "cases_undecided"
    message = (
        "Od czasu podglądu zmieniło się, gdzie są trwające sprawy. Obejrzyj podgląd ponownie "
        "i wskaż, co z nimi zrobić: {places}."
    )


class MoveImpossible(Invalid):
    code = "move_impossible"
    message = "Tych spraw nie można tak przenieść. Popraw wskazane miejsca."


class ProcedureUnreadable(Invalid):
    code = "procedure_unreadable"
    message = "Tego pliku nie można odczytać jako procedury. {sentence}"


class NothingToMove(Conflict):
    code = "nothing_to_move"
    message = "Żadna trwająca sprawa nie czeka na przeniesienie w wybrane miejsca. Odśwież podgląd."


class StepRefused(Invalid):
    code = "step_refused"
    message = "Krok {number}: {sentence}"


class DraftNotStorable(Invalid):
    code = "draft_not_storable"
    message = "Tego szkicu nie można zapisać. {sentence}"


class TieUnclear(Invalid):
    code = "tie_unclear"
    message = "Wskaż jednostkę albo osobę: jedno z dwojga."


class TieToOneself(Invalid):
    code = "tie_to_oneself"
    message = "Nie zgłasza się powiązania z samym sobą. Własnych spraw i tak nikt nie ocenia."


class TieDeclared(Conflict):
    code = "tie_declared"
    message = "To powiązanie jest już zgłoszone: {name}."


class NotBeingScored(Conflict):
    code = "not_being_scored"
    message = "Ten wniosek nie jest teraz oceniany, więc nie można zmienić, kto go ocenia."


class NotSeated(Invalid):
    code = "not_seated"
    message = "Ta osoba nie ocenia dziś w tej komisji. Wybierz kogoś z jej składu."


class PersonExcluded(Conflict):
    code = "person_excluded"
    message = "Ta osoba jest wyłączona z oceny tego wniosku. Wybierz inną."


class AllottedAlready(Conflict):
    code = "allotted_already"
    message = "Ta osoba ma już ten wniosek do oceny."


class NotAllotted(Conflict):
    code = "not_allotted"
    message = "Ta osoba nie ma tego wniosku do oceny."


class ScoredAlready(Conflict):
    code = "scored_already"
    message = "Ta osoba oceniła już ten wniosek, więc nie można go jej odebrać."


class ConflictKnown(Conflict):
    code = "conflict_known"
    message = (
        "Tego wyłączenia nie można wycofać: wynika także z danych (Twoja jednostka, Twój wniosek "
        "albo zgłoszone powiązanie)."
    )
