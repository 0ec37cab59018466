from modules.applications.models import Call
from opium import permissions, starting


class Permission(permissions.Permission):
    MANAGE_CALLS = (
        "applications.manage_calls",
        "Prowadzenie naborów",
        "Tworzy, ogłasza, zmienia i zamyka nabory wniosków.",
    )
    VIEW_CALLS = (
        "applications.view_calls",
        "Przeglądanie naborów",
        "Widzi ogłoszone nabory, ich liczby i kwoty.",
    )
    DIVIDE_MONEY = (
        "applications.divide_money",
        "Podział środków naboru",
        "Układa warianty podziału, rekomenduje jeden z nich i wpisuje decyzję o przyznaniu.",
    )


starting.give((starting.ADMINISTRATOR, *starting.OFFICERS), *Permission)
starting.give((starting.MAYOR, starting.FINANCE), Permission.VIEW_CALLS)


def verbs_on_call(actor: permissions.Actor, call: Call) -> list[str]:
    """What the screens offer this actor for the call."""
    is_out = call.state != Call.State.DRAFT
    divides = ["divide"] if is_out and permissions.may(actor, Permission.DIVIDE_MONEY, call) else []
    if not permissions.may(actor, Permission.MANAGE_CALLS, call):
        return divides
    verbs = {
        Call.State.DRAFT: ["change", "publish", "discard"],
        Call.State.PUBLISHED: ["change", "publish", "close"],
        Call.State.CLOSED: ["settle"],
        Call.State.SETTLED: [],
    }
    trial = ["throw_away"] if call.is_test and is_out else []
    return [*verbs[Call.State(call.state)], *divides, "copy", *trial]
