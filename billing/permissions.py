from opium import permissions


class Permission(permissions.Permission):
    """Rights of operators; no role of a city can carry one."""

    ADD_PLAN = ("billing.add_plan", "Cennik", "Dodaje plany do cennika.")
    SUBSCRIBE_CITY = ("billing.subscribe_city", "Plany miast", "Przypisuje miastom plany.")
