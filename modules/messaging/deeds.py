from opium import deeds


class Deed(deeds.Deed):
    WRITE_DRAFT = "messaging.write_draft", "Napisanie szkicu wiadomości"
    CHANGE_DRAFT = "messaging.change_draft", "Zmiana szkicu wiadomości"
    DISCARD_DRAFT = "messaging.discard_draft", "Usunięcie szkicu wiadomości"
    HAND_OVER_DRAFTS = "messaging.hand_over_drafts", "Przekazanie szkicu następcy"
    SEND_MESSAGE = "messaging.send_message", "Wysłanie wiadomości"
    UNDO_SENDING = "messaging.undo_sending", "Cofnięcie wysłania, zanim wiadomość wyszła"
    RECALL_MESSAGE = "messaging.recall_message", "Wycofanie wiadomości, której nie otwarto"
    PROLONG_DEADLINE = "messaging.prolong_deadline", "Przesunięcie terminu odpowiedzi"
    ADD_RECIPIENTS = "messaging.add_recipients", "Dodanie adresatów wysłanej wiadomości"
    COPY_MESSAGE = "messaging.copy_message", "Przygotowanie wiadomości od nowa z wysłanej"
    CHANGE_SENDING_RULES = "messaging.change_sending_rules", "Zmiana zasad wysyłania wiadomości"
    REMIND_SILENT = "messaging.remind_silent", "Ponaglenie adresatów, którzy nie odpowiedzieli"
    OPEN_DELIVERY = "messaging.open_delivery", "Pierwsze otwarcie wiadomości przez adresata"
    ANSWER_DELIVERY = "messaging.answer_delivery", "Odpowiedź na wiadomość"
    HAND_OVER_DELIVERY = "messaging.hand_over_delivery", "Przekazanie wiadomości w jednostce"
    TAKE_BACK_DELIVERY = "messaging.take_back_delivery", "Odebranie przekazanej wiadomości"
    ENTER_ANSWER = "messaging.enter_answer", "Wpisanie odpowiedzi w imieniu jednostki"
    CHECK_WORKBOOK = "messaging.check_workbook", "Sprawdzenie arkusza po wysłaniu odpowiedzi"
    ASK_ACCEPTANCE = "messaging.ask_acceptance", "Przekazanie wiadomości do akceptacji"
    DECIDE_BY_LINK = "messaging.decide_by_link", "Decyzja o wiadomości przez odnośnik z listu"
    SETTLE_ACCEPTANCE = "messaging.settle_acceptance", "Rozstrzygnięcie akceptacji wiadomości"
    SET_RULE = "messaging.set_rule", "Ustalenie zasady akceptacji"
    DELETE_RULE = "messaging.delete_rule", "Usunięcie zasady akceptacji"
    START_MERGE = "messaging.start_merge", "Zlecenie scalenia odpowiedzi"
    ASK_FOR_FILE = "messaging.ask_for_file", "Prośba o nowy plik zamiast niescalonego"
    RUN_MERGE = "messaging.run_merge", "Scalenie odpowiedzi"
    DOWNLOAD_MERGE = "messaging.download_merge", "Pobranie scalonych odpowiedzi"
    DOWNLOAD_ATTACHMENT = "messaging.download_attachment", "Pobranie załącznika wiadomości"
    DOWNLOAD_ANSWER_FILE = "messaging.download_answer_file", "Pobranie pliku z odpowiedzi"
    DOWNLOAD_PENDING_ATTACHMENT = (
        "messaging.download_pending_attachment",
        "Pobranie załącznika wiadomości do akceptacji",
    )
    EXPORT_STATUS = "messaging.export_status", "Pobranie tabeli odpowiedzi do pliku"
    ARCHIVE_ANSWERS = "messaging.archive_answers", "Pobranie archiwum odpowiedzi"
