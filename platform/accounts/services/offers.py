"""What the platform's starting roles bring: given where a city left them as they were, else asked.

A module that comes later adds its rights to the starting roles; this carries them into the cities
that exist.
"""

from typing import TYPE_CHECKING, cast

from django.db import transaction

from accounts.deeds import Deed
from accounts.errors import NothingOffered
from accounts.models import Role, RoleOffer
from accounts.permissions import Permission, grantable
from accounts.registry import tell_proposal
from accounts.selectors.offers import proposed_to
from accounts.services.roles import add_role, change_role
from audit import services as audit
from opium.permissions import Actor, require
from opium.registry import current_city
from opium.starting import StartingRole, starting_roles

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model


@transaction.atomic
def offer_starting_roles(*, actor: Actor) -> list[Role]:
    """Bring the current city's roles up to the platform's edition; safe to repeat.

    A role that it never had is made. One that the city has not changed gains the new rights; for
    one that it has, they wait as a proposal (`selectors.proposed_to`), as for a role of its own
    that bears the name. One that it has deleted stays away. Nothing is ever taken from a role.
    Returns the roles for which something waits.
    """
    require(actor, Permission.MANAGE_ROLES)
    here = {str(permission) for permission in grantable()}
    offers = {
        offer.code: offer
        for offer in RoleOffer.objects.select_for_update(of=("self",)).select_related("role")
    }
    waiting: list[Role] = []
    given: dict[str, list[str]] = {}
    for starting, permissions in starting_roles():
        wanted = {str(one) for one in permissions if str(one) in here}
        known = offers.get(starting.code)
        offer = known or _begun(actor, starting, wanted)
        if offer.role is None:
            continue
        missing = wanted - set(offer.offered)
        is_untouched = known is not None and set(offer.role.permissions) == set(offer.offered)
        if missing and is_untouched:
            _grow(actor, offer, offer.role, missing)
            given[starting.name] = sorted(missing)
        elif missing - set(offer.role.permissions):
            waiting.append(offer.role)
        if offer.role is not None and (known or missing):
            tell_proposal(offer.role, sorted(wanted - {*offer.offered, *offer.role.permissions}))
    if given:
        audit.record(
            actor=actor,
            deed=Deed.OFFER_STARTING_ROLES,
            right=Permission.MANAGE_ROLES,
            target=cast("Model", current_city()),
            after=given,
        )
    return waiting


def _begun(actor: Actor, starting: StartingRole, wanted: "Collection[str]") -> RoleOffer:
    """The first offer of a role: made, or, where the city has one of that name, only proposed."""
    taken = Role.objects.select_related("offer").filter(name=starting.name).first()
    if taken is not None and not hasattr(taken, "offer"):
        return RoleOffer.objects.create(code=starting.code, role=taken, offered=[])
    name = starting.name if taken is None else f"{starting.name} ({starting.code})"
    role = add_role(actor=actor, name=name, description=starting.description, permissions=wanted)
    return RoleOffer.objects.create(code=starting.code, role=role, offered=sorted(wanted))


def _grow(actor: Actor, offer: RoleOffer, role: Role, missing: "Collection[str]") -> None:
    offer.role = change_role(actor=actor, role=role, permissions={*role.permissions, *missing})
    _note(offer, missing)


def _note(offer: RoleOffer, offered: "Collection[str]") -> None:
    offer.offered = sorted({*offer.offered, *offered})
    offer.save(update_fields=["offered", "updated_at"])


@transaction.atomic
def answer_offer(*, actor: Actor, role: Role, accept: bool) -> Role:
    """Let the role carry what is proposed for it, or never ask about that again.

    Raises `NothingOffered` where somebody has answered meanwhile.
    """
    require(actor, Permission.MANAGE_ROLES, role)
    offer = RoleOffer.objects.select_for_update().filter(role=role).first()
    role = Role.objects.select_related("offer").get(pk=role.pk)
    proposed = proposed_to(role)
    if offer is None or not proposed:
        raise NothingOffered(role=role)
    permissions = {*role.permissions, *proposed} if accept else role.permissions
    role = change_role(actor=actor, role=role, permissions=permissions)
    _note(offer, proposed)
    tell_proposal(role, ())
    audit.record(
        actor=actor,
        deed=Deed.ANSWER_OFFER,
        right=Permission.MANAGE_ROLES,
        target=role,
        after={"accepted": accept, "proposed": proposed},
    )
    return role
