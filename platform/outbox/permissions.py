from opium import permissions


class Permission(permissions.Permission):
    MANAGE_JOBS = (
        "outbox.manage_jobs",
        "Zadania w tle",
        "Widzi zadania w tle, które się nie powiodły, uruchamia je ponownie albo zostawia. "
        "W mieście widzi zadania tego miasta, u operatora wszystkich miast.",
    )
