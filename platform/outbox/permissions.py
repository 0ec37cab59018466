from opium import permissions, starting


class Permission(permissions.Permission):
    MANAGE_JOBS = (
        "outbox.manage_jobs",
        "Zadania w tle",
        "Widzi nieudane zadania w tle, ponawia je albo zostawia. Operator: ze wszystkich miast.",
    )


starting.give(starting.ADMINISTRATOR, *Permission)
