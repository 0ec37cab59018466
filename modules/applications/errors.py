from opium.errors import Conflict, Forbidden, Invalid


class CallNotOpen(Conflict):
    code = "call_not_open"
    message = "{sentence}"


class CallIncomplete(Invalid):
    code = "call_incomplete"
    message = "Tego naboru nie można jeszcze ogłosić. Uzupełnij wskazane pola."


class CallNotDraft(Conflict):
    code = "call_not_draft"
    message = "Nabór „{title}” jest już ogłoszony, więc nie można go usunąć. Możesz go zamknąć."


class NoTrial(Conflict):
    code = "no_trial"
    message = (
        "Nabór „{title}” nie jest próbny, więc nie można go usunąć razem z wnioskami. "
        "Możesz go zamknąć i rozliczyć."
    )


class CallNotPublished(Conflict):
    code = "call_not_published"
    message = "Nabór „{title}” nie jest ogłoszony. Najpierw go ogłoś."


class CallFinished(Conflict):
    code = "call_finished"
    message = "Nabór „{title}” jest już zamknięty, więc jego zasad nie można zmienić."


class CallStillTaking(Conflict):
    code = "call_still_taking"
    message = (
        "Nabór „{title}” przyjmuje wnioski do {until}. Żeby skończyć go wcześniej, zmień termin "
        "i ogłoś zmianę: jednostki muszą się o niej dowiedzieć."
    )


class CallNotClosed(Conflict):
    code = "call_not_closed"
    message = "Nabór „{title}” nie jest jeszcze zamknięty. Zamknij go, zanim go rozliczysz."


class CallUnsettled(Conflict):
    code = "call_unsettled"
    message = (
        "W naborze „{title}” toczą się jeszcze sprawy ({open}). Zakończ je przed rozliczeniem."
    )


class NothingChanged(Conflict):
    code = "nothing_changed"
    message = "Od ostatniego ogłoszenia nic się nie zmieniło, więc nie ma czego ogłaszać."


class ProcedureFixed(Conflict):
    code = "procedure_fixed"
    message = (
        "Nabór „{title}” jest już ogłoszony w tej procedurze i nie można jej zmienić. "
        "Skopiuj nabór i w kopii wybierz inną."
    )


class YearFixed(Conflict):
    code = "year_fixed"
    message = (
        "Nabór „{title}” jest już ogłoszony z pulami na {year} r. i roku nie można zmienić. "
        "Skopiuj nabór na inny rok."
    )


class PersonReached(Conflict):
    code = "person_reached"
    message = (
        "Dla tej samej osoby złożono już w tym naborze tyle wniosków, ile wolno ({limit}). "
        "Niczego nie złożono, a odpowiedzi są zachowane. Sprawdź, kogo wniosek dotyczy."
    )


class NotCopyable(Invalid):
    code = "not_copyable"
    message = "Tego wniosku nie można skopiować do tego naboru: ma inny formularz."


class ScenarioNameTaken(Conflict):
    code = "scenario_name_taken"
    message = "W tym naborze jest już wariant „{name}”. Nazwij ten inaczej."


class ScenarioDiscarded(Conflict):
    code = "scenario_discarded"
    message = "Wariant „{name}” został odłożony. Załóż nowy."


class PotsUnknown(Invalid):
    code = "pots_unknown"
    message = "W budżecie na {year} r. nie ma puli „{code}”. Popraw zasady albo załóż pulę."


class PotNotOfCall(Invalid):
    code = "pot_not_of_call"
    message = (
        "Nabór „{title}” nie korzysta z puli „{code}”. Usuń ją z zasad podziału albo dodaj do "
        "tury naboru i ogłoś zmianę."
    )


class TrialCall(Conflict):
    code = "trial_call"
    message = (
        "Nabór „{title}” jest próbny i nie rezerwuje ani nie przyznaje środków. Możesz w nim "
        "układać warianty, a podział rekomendować w naborze właściwym."
    )


class RankingUnseen(Conflict):
    """Said alike for whatever is hidden, so that it tells nothing of it."""

    code = "ranking_unseen"
    message = "Tego podziału nie możesz prowadzić. Zrobi to osoba, która prowadzi nabór."


class TieAtLine(Conflict):
    code = "tie_at_line"
    message = (
        "Na linii jest remis ({tied}). Zanim zarekomendujesz podział, rozstrzygnij go ręcznie "
        "i podaj powód."
    )


class NobodyOverLine(Conflict):
    code = "nobody_over_line"
    message = "W tym wariancie nikt nie dostaje środków, więc nie ma czego rekomendować."


class TotalTooLarge(Conflict):
    code = "total_too_large"
    message = (
        "Podział daje razem {total}, a rekomendacja może mieć najwyżej {most}. Zmniejsz kwoty "
        "w zasadach podziału."
    )


class RecommendationStands(Conflict):
    code = "recommendation_stands"
    message = (
        "Ten nabór ma już rekomendację, z której nie ogłoszono jeszcze decyzji. Żeby "
        "zarekomendować inny podział, zwróć ją; to, co zostanie, podzielisz po ogłoszeniu decyzji."
    )


class ApplicationsFellOut(Conflict):
    code = "applications_fell_out"
    message = (
        "Te wnioski nie biorą już udziału w podziale: {applications}. Zarekomenduj podział bez "
        "nich; rekomendację, która już jest, najpierw zwróć."
    )


class HeldOtherwise(Conflict):
    code = "held_otherwise"
    message = (
        "Te wnioski mają w swoich sprawach inne środki, niż przewiduje podział: {applications}. "
        "Te, którym coś już przyznano, przesuń w wariancie pod linię i zarekomenduj podział na "
        "nowo; rekomendację, która już jest, najpierw zwróć."
    )


class RecommendationEnded(Conflict):
    code = "recommendation_ended"
    message = "Ta rekomendacja jest już rozstrzygnięta ({state}) i nie można jej zmienić."


class NotLeading(Forbidden):
    code = "not_leading"
    message = "Robi to osoba, która przewodniczy komisji „{name}”, albo ta, która prowadzi nabór."


class ApproversUnprepared(Conflict):
    code = "approvers_unprepared"
    message = (
        "Rekomendacji nie ma kto zatwierdzić. {reason} Wskaż osoby w „Funkcjach” albo zmień "
        "w zasadach naboru, kto zatwierdza."
    )


class NotInApproval(Conflict):
    code = "not_in_approval"
    message = "Ta rekomendacja nie czeka na zatwierdzenie. Odśwież stronę i sprawdź, co się stało."


class NotApproved(Conflict):
    code = "not_approved"
    message = (
        "Rekomendacji nie zatwierdzili jeszcze wszyscy, którzy mają to zrobić, więc nie można "
        "wpisać decyzji."
    )


class NotInRanking(Invalid):
    code = "not_in_ranking"
    message = "Decyzja może zmienić tylko kwoty wniosków z rankingu tego naboru. Odśwież stronę."


class AwardWithoutReason(Invalid):
    code = "award_without_reason"
    message = "Kwota jest inna niż w rekomendacji. Podaj, dlaczego."


class AwardAboveAsked(Invalid):
    code = "award_above_asked"
    message = "Kwota {amount} jest wyższa niż wnioskowana ({asked}). Zmniejsz ją."


class NoPotForAward(Invalid):
    code = "no_pot_for_award"
    message = (
        "Tura tego wniosku nie ma puli, z której można dać więcej. Dodaj pulę do tury i ogłoś "
        "zmianę naboru."
    )


class DecisionNotPublished(Conflict):
    code = "decision_not_published"
    message = "Decyzja nie jest jeszcze ogłoszona. Najpierw ją ogłoś."


class AwardNotStuck(Conflict):
    code = "award_not_stuck"
    message = "Ta sprawa nie wymaga ponowienia. Odśwież stronę."


class NoLettersLeft(Conflict):
    code = "no_letters_left"
    message = (
        "Nie ma sprawy, do której trzeba wydać takie pismo: każda już je ma albo decyzja jeszcze "
        "do niej nie dotarła. Wybierz inny wzór albo poczekaj chwilę."
    )


class PaperNotReady(Conflict):
    code = "paper_not_ready"
    message = "Tego dokumentu jeszcze nie ma. Poczekaj chwilę i odśwież stronę."


class NothingToPay(Conflict):
    code = "nothing_to_pay"
    message = "Wszystko, co przyznano, jest już na listach wypłat. Nie ma czego wypłacać."


class NothingPayable(Conflict):
    code = "nothing_payable"
    message = "Żadnej z przyznanych kwot nie można teraz wypłacić. {left_out}"


class PaymentsReturned(Conflict):
    code = "payments_returned"
    message = (
        "Z tej listy zwrócono już środki ({applications}), więc nie można jej wycofać: bank ją "
        "wykonał."
    )


class PaymentsVoid(Conflict):
    code = "payments_void"
    message = "Ta lista wypłat jest wycofana. Przygotuj nową."
