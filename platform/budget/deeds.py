from opium import deeds


class Deed(deeds.Deed):
    MAKE_POT = "budget.make_pot", "Założenie puli"
    DELEGATE_PART = "budget.delegate_part", "Wydzielenie części puli"
    CHANGE_POT = "budget.change_pot", "Zmiana danych puli"
    CHANGE_AMOUNT = "budget.change_amount", "Zmiana kwoty puli"
    ASK = "budget.ask", "Zapisanie wnioskowanej kwoty"
    RESERVE = "budget.reserve", "Zarezerwowanie środków"
    GRANT = "budget.grant", "Przyznanie środków"
    RELEASE = "budget.release", "Zwolnienie środków"
    PAY = "budget.pay", "Zapisanie wypłaty w puli"
    INVOICE = "budget.invoice", "Zapisanie faktury w puli"
    SETTLE = "budget.settle", "Rozliczenie środków"
    TAKE_RETURN = "budget.take_return", "Przyjęcie zwrotu środków"
    TAKE_BACK = "budget.take_back", "Cofnięcie zapisów w puli"
    ADD_CLASSIFICATION = "budget.add_classification", "Dodanie pozycji klasyfikacji"
    CHANGE_CLASSIFICATION = "budget.change_classification", "Zmiana pozycji klasyfikacji"
    DELETE_CLASSIFICATION = "budget.delete_classification", "Usunięcie pozycji klasyfikacji"
    COPY_CLASSIFICATIONS = "budget.copy_classifications", "Skopiowanie klasyfikacji na inny rok"
    EXPORT_POTS = "budget.export_pots", "Pobranie listy pul do pliku"
    EXPORT_ENTRIES = "budget.export_entries", "Pobranie zapisów puli do pliku"
