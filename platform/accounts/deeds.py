from opium import deeds


class Deed(deeds.Deed):
    START_SESSION = "accounts.start_session", "Zalogowanie"
    PROVE = "accounts.prove", "Potwierdzenie tożsamości przed ważną czynnością"
    END_SESSION = "accounts.end_session", "Zakończenie własnej sesji"
    END_OTHER_SESSIONS = "accounts.end_other_sessions", "Zakończenie pozostałych własnych sesji"
    VIEW_SESSIONS = "accounts.view_sessions", "Wgląd w sesje osoby"
    SIGN_OUT_PERSON = "accounts.sign_out_person", "Wylogowanie osoby"
    ADD_PERSON = "accounts.add_person", "Założenie konta"
    VIEW_PERSON = "accounts.view_person", "Wgląd w konto"
    CHANGE_PERSON = "accounts.change_person", "Zmiana danych osoby"
    CHANGE_OWN_DETAILS = "accounts.change_own_details", "Zmiana własnych danych"
    CLOSE_ACCOUNT = "accounts.close_account", "Zamknięcie konta"
    REOPEN_ACCOUNT = "accounts.reopen_account", "Ponowne otwarcie konta"
    INVITE_PERSON = "accounts.invite_person", "Zaproszenie osoby"
    INVITE_PEOPLE = "accounts.invite_people", "Zaproszenie osób z pliku"
    INVITE_AGAIN = "accounts.invite_again", "Ponowienie zaproszenia"
    ASK_TO_JOIN = "accounts.ask_to_join", "Prośba o dołączenie do jednostki"
    WITHDRAW_JOINING = "accounts.withdraw_joining", "Wycofanie prośby o dołączenie"
    AGREE_TO_JOIN = "accounts.agree_to_join", "Zgoda na dołączenie do jednostki"
    DECLINE_TO_JOIN = "accounts.decline_to_join", "Odmowa dołączenia do jednostki"
    AGREE_BY_LETTER = "accounts.agree_by_letter", "Zgoda na dołączenie i założenie konta z listu"
    DECLINE_BY_LETTER = "accounts.decline_by_letter", "Odmowa dołączenia z listu"
    SET_PASSWORD = "accounts.set_password", "Ustawienie hasła przez odnośnik"
    CHANGE_PASSWORD = "accounts.change_password", "Zmiana własnego hasła"
    CHANGE_EMAIL = "accounts.change_email", "Zmiana adresu e-mail osoby"
    CHANGE_OWN_EMAIL = "accounts.change_own_email", "Zmiana własnego adresu e-mail"
    CONFIRM_EMAIL = "accounts.confirm_email", "Potwierdzenie nowego adresu e-mail"
    ADD_TOTP = "accounts.add_totp", "Dodanie aplikacji z kodami"
    ADD_KEY = "accounts.add_key", "Dodanie klucza dostępu"
    REMOVE_FACTOR = "accounts.remove_factor", "Usunięcie własnego drugiego składnika"
    RENEW_RECOVERY_CODES = "accounts.renew_recovery_codes", "Wydanie nowych kodów zapasowych"
    RESET_FACTORS = "accounts.reset_factors", "Usunięcie drugiego składnika osoby"
    REFUSE_FACTOR_LOSS = (
        "accounts.refuse_factor_loss",
        "Odrzucenie zgłoszenia utraty drugiego składnika",
    )
    CHANGE_SIGN_IN_RULES = "accounts.change_sign_in_rules", "Zmiana zasad logowania"
    ADD_ROLE = "accounts.add_role", "Dodanie roli"
    CHANGE_ROLE = "accounts.change_role", "Zmiana roli"
    DELETE_ROLE = "accounts.delete_role", "Usunięcie roli"
    OFFER_STARTING_ROLES = (
        "accounts.offer_starting_roles",
        "Uprawnienia nowego wydania w rolach początkowych",
    )
    ANSWER_OFFER = "accounts.answer_offer", "Decyzja o uprawnieniach nowego wydania"
    ASSIGN_ROLE = "accounts.assign_role", "Nadanie roli"
    PROPOSE_ADMINISTRATOR = "accounts.propose_administrator", "Propozycja nowego administratora"
    PROPOSE_RECOVERY = (
        "accounts.propose_recovery",
        "Prośba o zgodę drugiej osoby na zmianę logowania",
    )
    CONFIRM_MOTION = "accounts.confirm_motion", "Potwierdzenie przez drugą osobę"
    REFUSE_MOTION = "accounts.refuse_motion", "Odmowa potwierdzenia przez drugą osobę"
    WITHDRAW_MOTION = "accounts.withdraw_motion", "Wycofanie sprawy do potwierdzenia"
    CHANGE_ASSIGNMENT = "accounts.change_assignment", "Zmiana dat nadanej roli"
    END_ASSIGNMENT = "accounts.end_assignment", "Odebranie roli"
    ADD_FUNCTION = "accounts.add_function", "Dodanie funkcji"
    CHANGE_FUNCTION = "accounts.change_function", "Zmiana funkcji"
    DELETE_FUNCTION = "accounts.delete_function", "Usunięcie funkcji"
    GIVE_FUNCTION = "accounts.give_function", "Powierzenie funkcji"
    TAKE_FUNCTION = "accounts.take_function", "Odebranie funkcji"
    APPOINT_SUBSTITUTE = "accounts.appoint_substitute", "Wyznaczenie zastępcy"
    END_SUBSTITUTION = "accounts.end_substitution", "Zakończenie zastępstwa"
    MAKE_TOKEN = "accounts.make_token", "Wydanie klucza API"
    REVOKE_TOKEN = "accounts.revoke_token", "Unieważnienie klucza API"
    ADD_PROVIDER = "accounts.add_provider", "Dodanie dostawcy tożsamości"
    CHANGE_PROVIDER = "accounts.change_provider", "Zmiana dostawcy tożsamości"
    DELETE_PROVIDER = "accounts.delete_provider", "Usunięcie dostawcy tożsamości"
    ROTATE_SECRETS = "accounts.rotate_secrets", "Ponowne zaszyfrowanie sekretów"
    PURGE_EXPIRED = "accounts.purge_expired", "Usunięcie danych po terminie"
    EXPORT_PEOPLE = "accounts.export_people", "Pobranie listy osób do pliku"
    EXPORT_ROLES = "accounts.export_roles", "Pobranie listy ról do pliku"
    EXPORT_ASSIGNMENTS = "accounts.export_assignments", "Pobranie listy nadanych ról do pliku"
    EXPORT_AUDITOR_PACK = "accounts.export_auditor_pack", "Pobranie paczki dla audytora"
    KEEP_VIEW = "accounts.keep_view", "Zapisanie własnego widoku listy"
    FORGET_VIEW = "accounts.forget_view", "Usunięcie własnego widoku listy"
