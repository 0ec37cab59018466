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
    DRAFT_SCENARIO = "applications.draft_scenario", "Założenie wariantu podziału środków"
    CHANGE_SCENARIO = "applications.change_scenario", "Zmiana wariantu podziału środków"
    DISCARD_SCENARIO = "applications.discard_scenario", "Odłożenie wariantu podziału środków"
    RECOMMEND_SCENARIO = "applications.recommend_scenario", "Rekomendowanie podziału środków"
    AWARD_RECOMMENDATION = (
        "applications.award_recommendation",
        "Przyznanie środków według rekomendacji",
    )
    SEND_BACK_RECOMMENDATION = (
        "applications.send_back_recommendation",
        "Zwrócenie rekomendacji do poprawy",
    )
