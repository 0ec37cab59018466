from opium import permissions


class Permission(permissions.Permission):
    VIEW_OVERVIEW = (
        "todo.view_overview",
        "Miasto w liczbach",
        "Widzi na pierwszej stronie liczby całego miasta: sprawy, ankiety i terminy.",
    )
