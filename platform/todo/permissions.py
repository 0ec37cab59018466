from opium import permissions, starting


class Permission(permissions.Permission):
    VIEW_OVERVIEW = (
        "todo.view_overview",
        "Miasto w liczbach",
        "Widzi na pierwszej stronie liczby całego miasta: sprawy, ankiety i terminy.",
    )


starting.give((starting.DIRECTOR, starting.MAYOR), Permission.VIEW_OVERVIEW)
