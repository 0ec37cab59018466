from opium.errors import Conflict, Invalid


class EmptyPost(Invalid):
    code = "empty_post"
    message = "Napisz treść albo dołącz plik."


class ThreadClosed(Conflict):
    code = "thread_closed"
    message = "{reason} Nie można już tu pisać."


class NoAnswer(Invalid):
    code = "no_answer"
    message = "Wszystkim adresatom można pokazać tylko odpowiedź nadawcy."


class NoGroup(Invalid):
    code = "no_group"
    message = "Tej odpowiedzi nie można pokazać innym: sprawa jest jednego wnioskodawcy."
