"""What the platform proposes for a city's roles."""

from accounts.models import Role, RoleOffer
from accounts.permissions import grantable
from opium.starting import starting_roles


def proposed_to(role: Role) -> list[str]:
    """The rights of its starting role that this role lacks and nobody has decided about, sorted.

    No query where the role's `offer` is loaded. The caller may see the role.
    """
    offer: RoleOffer | None = getattr(role, "offer", None)
    if offer is None:
        return []
    here = {str(permission) for permission in grantable()}
    for starting, permissions in starting_roles():
        if starting.code == offer.code:
            wanted = {str(one) for one in permissions} & here
            return sorted(wanted - set(offer.offered) - set(role.permissions))
    return []
