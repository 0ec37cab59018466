from opium import permissions


class Permission(permissions.Permission):
    TAKE_PART = (
        "threads.take_part",
        "Pytania i odpowiedzi",
        "Pyta i odpowiada tam, gdzie widzi wiadomość albo sprawę, której to dotyczy.",
        permissions.Held.BY_EVERYBODY,
    )
