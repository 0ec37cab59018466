from uuid import UUID

from audit import services as audit
from opium.permissions import Actor, Permission
from units.deeds import Deed
from units.models import Membership
from units.selectors import Home


def join(*, actor: Actor, right: Permission, person: UUID, home: Home, position: str) -> None:
    """Let the person belong to the place; whoever belongs there already keeps the position.

    `right` is the one for which the caller has asked.
    """
    where = {f"{home.kind}_id": home.id}
    if Membership.objects.in_force().filter(person=person, **where).exists():
        return
    membership = Membership.objects.create(person_id=person, position=position, **where)
    audit.record(
        actor=actor,
        deed=Deed.JOIN,
        right=right,
        target=membership,
        after={"position": position, **where},
    )
