"""What accounts asks of directory when it lets a person in."""

from typing import TYPE_CHECKING

from accounts.places import Home
from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.models import Membership
from modules.directory.permissions import Permission
from opium.permissions import Actor

if TYPE_CHECKING:
    from accounts.models import Person


def join(actor: Actor, person: "Person", home: Home, position: str) -> None:
    """Let the person belong to the place; whoever belongs there already keeps the position."""
    where = {f"{home.kind}_id": home.id}
    if Membership.objects.in_force().filter(person=person, **where).exists():
        return
    membership = Membership.objects.create(person=person, position=position, **where)
    audit.record(
        actor=actor,
        deed=Deed.JOIN,
        right=Permission.CHANGE_UNITS,
        target=membership,
        after={"position": position, **where},
    )
