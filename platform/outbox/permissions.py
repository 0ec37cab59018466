from opium import permissions


class Permission(permissions.Permission):
    MANAGE_JOBS = (
        "outbox.manage_jobs",
        "Zadania w tle",
        "Widzi nieudane zadania w tle, ponawia je albo zostawia. Operator: ze wszystkich miast.",
    )
