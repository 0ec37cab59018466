"""The verbs of the department's sections and of who belongs where."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from accounts.permissions import require_own
from audit import services as audit
from modules.directory.deeds import Deed
from modules.directory.errors import (
    AlreadyMember,
    MembershipDates,
    MembershipPlace,
    SectionTaken,
)
from modules.directory.permissions import Permission
from opium.constraints import refusing
from opium.permissions import Actor, require
from units.models import Membership, Section, Unit

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def add_section(*, actor: Actor, code: str, name: str) -> Section:
    """Add a section of the department. Raises `SectionTaken`."""
    section = Section(code=code, name=name)
    require(actor, Permission.CHANGE_UNITS, section)
    with refusing(one_section_per_code=SectionTaken(code=code)):
        section.save()
    audit.record(
        actor=actor,
        deed=Deed.ADD_SECTION,
        right=Permission.CHANGE_UNITS,
        target=section,
        after={"code": code},
    )
    return section


@transaction.atomic
def add_membership(
    *,
    actor: Actor,
    person: "Person",
    unit: Unit | None = None,
    section: Section | None = None,
    position: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Membership:
    """Let the person belong to the unit or to the section; both days are included.

    From the first day the person sees what was sent to the unit, earlier messages too.
    Whose right counts in some units alone brings nobody there who is of none of them.
    Raises `MembershipPlace`, `MembershipDates`, `AlreadyMember`, `PersonOfOthers`.
    """
    membership = Membership(
        person=person,
        unit=unit,
        section=section,
        position=position,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    require(actor, Permission.CHANGE_UNITS, membership)
    if (unit is None) == (section is None):
        raise MembershipPlace
    require_own(actor, Permission.CHANGE_UNITS, person)
    taken = AlreadyMember(person=person, place=unit or section)
    with refusing(no_membership_twice=taken, membership_ends_after_it_begins=MembershipDates()):
        membership.save()
    audit.record(
        actor=actor,
        deed=Deed.ADD_MEMBERSHIP,
        right=Permission.CHANGE_UNITS,
        target=membership,
        after={"position": position, "valid_from": valid_from, "valid_to": valid_to},
    )
    return membership


@transaction.atomic
def end_membership(
    *, actor: Actor, membership: Membership, valid_to: date | None = None
) -> Membership:
    """Make that day the last one (today by default). Raises `MembershipDates`."""
    require(actor, Permission.CHANGE_UNITS, membership)
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    before = membership.valid_to
    membership.valid_to = valid_to or timezone.localdate()
    with refusing(membership_ends_after_it_begins=MembershipDates()):
        membership.save()
    audit.record(
        actor=actor,
        deed=Deed.END_MEMBERSHIP,
        right=Permission.CHANGE_UNITS,
        target=membership,
        before={"valid_to": before},
        after={"valid_to": membership.valid_to},
    )
    return membership
