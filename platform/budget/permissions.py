from typing import TYPE_CHECKING

from opium import permissions, starting

if TYPE_CHECKING:
    from budget.models import Pot


class Permission(permissions.Permission):
    VIEW_POTS = (
        "budget.view_pots",
        "Podgląd budżetu",
        "Widzi pule środków i wszystko, co w nich zaksięgowano.",
    )
    MANAGE_POTS = (
        "budget.manage_pots",
        "Prowadzenie budżetu",
        "Zakłada pule, zmienia ich kwoty, wydziela z nich części i prowadzi klasyfikację.",
    )
    BOOK_ENTRIES = (
        "budget.book_entries",
        "Dysponowanie pulą",
        "Rezerwuje, przyznaje, zwalnia i rozlicza środki pul, którymi dysponuje.",
    )


starting.give((starting.DIRECTOR, starting.FINANCE), *Permission)
starting.give(starting.ADMINISTRATOR, Permission.VIEW_POTS, Permission.MANAGE_POTS)
starting.give(
    (starting.MAYOR, starting.SECTION_HEAD, starting.UNIT_HEAD, starting.ACCOUNTANT),
    Permission.VIEW_POTS,
)


def keeper_of(pot: "Pot") -> object:
    """The subject of the right to change the pot: what it was taken from, else the whole city.

    So nobody raises the part that they were given to dispose of.
    """
    return pot.parent if pot.parent is not None else permissions.WHOLE_CITY


def verbs_on_pot(actor: permissions.Actor, pot: "Pot") -> list[str]:
    """What the screens offer this actor for the pot."""
    verbs = []
    if permissions.may(actor, Permission.MANAGE_POTS, keeper_of(pot)):
        verbs += ["change", "change_amount"]
    if permissions.may(actor, Permission.MANAGE_POTS, pot):
        verbs.append("delegate")
    return verbs
