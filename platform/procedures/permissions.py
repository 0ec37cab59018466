from typing import TYPE_CHECKING

from opium import permissions, starting

if TYPE_CHECKING:
    from procedures.models import Procedure


class Permission(permissions.Permission):
    MANAGE_PROCEDURES = (
        "procedures.manage_procedures",
        "Tworzenie procedur",
        "Buduje procedury, publikuje je i przenosi trwające sprawy na nowe wydania.",
    )
    VIEW_CASES = (
        "procedures.view_cases",
        "Przeglądanie spraw",
        "Widzi sprawy i całą ich historię.",
    )
    OPEN_CASE = (
        "procedures.open_case",
        "Składanie spraw",
        "Zakłada sprawy w imieniu jednostki i prowadzi je po jej stronie.",
    )
    KEEP_OWN_CASES = (
        "procedures.keep_own_cases",
        "Własne sprawy",
        "Widzi i prowadzi sprawy, które sam złożył, i odpowiada na pytania skierowane do niego.",
        permissions.Held.BY_EVERYBODY,
    )
    DECLARE_TIES = (
        "procedures.declare_ties",
        "Własne powiązania",
        "Zgłasza, z kim i z jaką jednostką jest blisko, żeby nie oceniać ich spraw.",
        permissions.Held.BY_EVERYBODY,
    )
    ACT_IN_CASE = (
        "procedures.act_in_case",
        "Prowadzenie spraw",
        "Działa w sprawach, które czekają na pełnione funkcje.",
    )
    MANAGE_LETTERS = (
        "procedures.manage_letters",
        "Wzory pism",
        "Dodaje i zmienia wzory pism oraz wydaje pisma do wielu spraw naraz.",
    )
    MANAGE_CLASSES = (
        "procedures.manage_classes",
        "Wykaz akt",
        "Prowadzi wykaz klas, z którego powstają znaki spraw.",
    )


starting.give(starting.ADMINISTRATOR, *Permission)
starting.give(
    starting.OFFICERS,
    Permission.ACT_IN_CASE,
    Permission.MANAGE_LETTERS,
    Permission.VIEW_CASES,
)
starting.give((starting.MAYOR, starting.FINANCE), Permission.ACT_IN_CASE, Permission.VIEW_CASES)
starting.give(starting.COMMITTEE_MEMBER, Permission.ACT_IN_CASE)
starting.give(starting.UNIT_STAFF, Permission.OPEN_CASE)


def verbs_on_procedure(actor: permissions.Actor, procedure: "Procedure") -> list[str]:
    """What the screens offer this actor for the procedure."""
    opens = bool(actor.reach(Permission.OPEN_CASE)) and not procedure.is_archived
    verbs = ["start"] if opens else []
    if not permissions.may(actor, Permission.MANAGE_PROCEDURES, procedure):
        return verbs
    makes = permissions.may(actor, Permission.MANAGE_PROCEDURES, permissions.WHOLE_CITY)
    verbs += ["export", *(["copy"] if makes else [])]
    return [*verbs, *(["restore"] if procedure.is_archived else ["change", "publish", "archive"])]
