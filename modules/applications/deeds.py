from opium import deeds


class Deed(deeds.Deed):
    DRAFT_CALL = "applications.draft_call", "Założenie szkicu naboru"
    CHANGE_CALL = "applications.change_call", "Zmiana szkicu zasad naboru"
    COPY_CALL = "applications.copy_call", "Skopiowanie naboru"
    DISCARD_CALL = "applications.discard_call", "Usunięcie szkicu naboru"
    PUBLISH_CALL = "applications.publish_call", "Ogłoszenie naboru albo zmiany jego zasad"
    CLOSE_CALL = "applications.close_call", "Zamknięcie naboru"
    SETTLE_CALL = "applications.settle_call", "Rozliczenie naboru"
    THROW_AWAY_TRIAL = "applications.throw_away_trial", "Usunięcie całego naboru próbnego"
    BEGIN_APPLICATION = "applications.begin_application", "Rozpoczęcie wniosku w naborze"
    EXPORT_APPLICATIONS = "applications.export_applications", "Pobranie listy wniosków do pliku"
    EXPORT_REGISTER = "applications.export_register", "Pobranie rejestru wniosków do pliku"
    PACK_CALL = "applications.pack_call", "Pobranie wszystkich dokumentów naboru w paczce plików"
    DRAFT_SCENARIO = "applications.draft_scenario", "Założenie wariantu podziału środków"
    CHANGE_SCENARIO = "applications.change_scenario", "Zmiana wariantu podziału środków"
    DISCARD_SCENARIO = "applications.discard_scenario", "Odłożenie wariantu podziału środków"
    RECOMMEND_SCENARIO = "applications.recommend_scenario", "Rekomendowanie podziału środków"
    SETTLE_APPROVAL = "applications.settle_approval", "Zakończenie zatwierdzania rekomendacji"
    DECIDE_RECOMMENDATION = (
        "applications.decide_recommendation",
        "Przygotowanie decyzji o przyznaniu środków",
    )
    PUBLISH_DECISION = "applications.publish_decision", "Ogłoszenie decyzji o przyznaniu środków"
    AWARD_RECOMMENDATION = (
        "applications.award_recommendation",
        "Przyznanie środków według rekomendacji",
    )
    ASK_PAPER = "applications.ask_paper", "Zlecenie dokumentu naboru"
    DRAW_PAPER = "applications.draw_paper", "Przygotowanie dokumentu naboru"
    DOWNLOAD_PAPER = "applications.download_paper", "Pobranie dokumentu naboru"
    SEND_LETTERS = "applications.send_letters", "Wydanie pism po ogłoszeniu decyzji"
    PAY_AWARDS = "applications.pay_awards", "Przygotowanie listy wypłat"
    VOID_PAYMENTS = "applications.void_payments", "Wycofanie listy wypłat"
    DOWNLOAD_PAYMENTS = "applications.download_payments", "Pobranie listy wypłat"
    CARRY_AWARD = "applications.carry_award", "Wpisanie decyzji do sprawy wniosku"
    RETRY_AWARD = "applications.retry_award", "Ponowienie wpisania decyzji do sprawy"
    SEND_BACK_RECOMMENDATION = (
        "applications.send_back_recommendation",
        "Zwrócenie rekomendacji do poprawy",
    )
    ALLOT_APPLICATION = "applications.allot_application", "Przydzielenie wniosku do oceny"
    WITHDRAW_ALLOTMENT = "applications.withdraw_allotment", "Odebranie wniosku do oceny"
    EVEN_COMMITTEE = "applications.even_committee", "Wyrównanie przydziałów w komisji"
