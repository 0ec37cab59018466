"""Roles and functions held for one kind of matters: what accounts asks of procedures."""

from collections.abc import Mapping
from uuid import UUID

from accounts import scopes
from opium.permissions import Reach
from procedures.models import Procedure


def _reaches(ids: frozenset[UUID]) -> Mapping[UUID, Reach]:
    known = Procedure.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: Reach(kinds=frozenset([pk])) for pk in known}


def _names(ids: frozenset[UUID]) -> Mapping[UUID, str]:
    return dict(Procedure.objects.filter(pk__in=ids).values_list("pk", "name"))


SCOPES = {scopes.MATTER: scopes.Places("rodzaj spraw", reach=_reaches, names=_names, is_fixed=True)}
