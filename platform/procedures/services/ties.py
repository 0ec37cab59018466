"""Declaring whom one is near to, so that one takes no part in their matters."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import selectors as accounts
from audit import services as audit
from opium.constraints import refusing
from opium.errors import NotFound
from opium.permissions import Actor, require
from procedures.deeds import Deed
from procedures.errors import TieDeclared, TieToOneself, TieUnclear
from procedures.models import Tie
from procedures.permissions import Permission
from procedures.services.entrusted import panels
from units.selectors import names_of_units

if TYPE_CHECKING:
    from accounts.models import Person


@transaction.atomic
def declare_tie(
    *, actor: Actor, name: str, unit_id: UUID | None = None, person_id: UUID | None = None
) -> Tie:
    """Take no part in the matters of that unit or person any more, those being scored included.

    `name` is what the actor calls them: who sees a unit or a person is for others to say, so
    nothing is told here. Nobody has to say what sort of nearness it is; the log does not say to
    whom. Raises `TieUnclear`, `TieToOneself`, `TieDeclared`, `NotFound`.
    """
    require(actor, Permission.DECLARE_TIES)
    if (unit_id is None) == (person_id is None):
        raise TieUnclear
    if person_id == actor.pk:
        raise TieToOneself
    _check(unit_id, person_id)
    with refusing(one_tie_to_each=TieDeclared(name=name)):
        tie = Tie.objects.create(
            person=cast("Person", actor), unit_id=unit_id, other_id=person_id, name=name
        )
    panels.exclude_near(tie.person_id)
    audit.record(actor=actor, deed=Deed.DECLARE_TIE, right=Permission.DECLARE_TIES, target=tie)
    return tie


@transaction.atomic
def end_tie(*, actor: Actor, tie: Tie) -> None:
    """Say that it is no more; who is excluded from a matter that runs stays so."""
    require(actor, Permission.DECLARE_TIES)
    ended = Tie.objects.select_for_update().get(pk=tie.pk, person=actor.pk)
    if ended.ended_at is None:
        ended.ended_at = timezone.now()
        ended.save()
        audit.record(actor=actor, deed=Deed.END_TIE, right=Permission.DECLARE_TIES, target=ended)


def _check(unit_id: UUID | None, person_id: UUID | None) -> None:
    if unit_id is not None and unit_id not in names_of_units(frozenset([unit_id])):
        raise NotFound
    if person_id is not None and not accounts.active_people().filter(pk=person_id).exists():
        raise NotFound
