from opium.errors import Conflict, Invalid, NotFound


class UnknownTask(LookupError):
    """No module declares a task of this name."""


class CityMissing(NotFound):
    code = "city_missing"
    message = (
        "Miasta „{schema}” nie ma w tej instalacji. Jeśli zostało usunięte, zostaw to zadanie; "
        "jeśli wróci, spróbuj ponownie."
    )


class WorkerDied(RuntimeError):
    """The process that did the job was killed, and nothing told why."""


class JobNotGivenUp(Conflict):
    code = "job_not_given_up"
    message = (
        "Tego zadania nie ma już na liście nieudanych: ktoś uruchomił je ponownie albo je zostawił."
    )


class ReasonMissing(Invalid):
    code = "reason_missing"
    message = "Napisz, dlaczego zadanie zostaje nieudane."
