"""The verbs of how somebody looks at lists."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.db import transaction

from accounts.deeds import Deed
from accounts.errors import TooManyViews
from accounts.models import KeptView, Person
from accounts.permissions import Permission
from audit import services as audit
from opium.errors import NotFound
from opium.permissions import Actor, require

MOST = 20


@transaction.atomic
def keep_view(
    *,
    actor: Actor,
    screen: str,
    name: str = "",
    columns: Sequence[str] = (),
    ordering: str = "",
    filters: Mapping[str, str] | None = None,
) -> KeptView:
    """Keep how the actor looks at that list, in the place of a view of the same name.

    Without a name it is the actor's usual one of the list. Raises `TooManyViews` above `MOST`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    person = Person.objects.select_for_update(of=("self",)).get(pk=cast("Person", actor).pk)
    own = KeptView.objects.filter(person=person, screen=screen)
    if own.exclude(name=name).count() >= MOST:
        raise TooManyViews(limit=MOST)
    told = {"columns": list(columns), "ordering": ordering, "filters": dict(filters or {})}
    view, _ = KeptView.objects.update_or_create(
        person=person, screen=screen, name=name, defaults=told
    )
    audit.record(
        actor=actor,
        deed=Deed.KEEP_VIEW,
        right=Permission.KEEP_OWN_ACCOUNT,
        target=view,
        after={"list": screen, "columns": told["columns"], "ordering": ordering},
    )
    return view


@transaction.atomic
def forget_view(*, actor: Actor, view: KeptView) -> None:
    """Take away a view of the actor's own. Raises `NotFound` for anybody else's."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    if view.person_id != actor.pk:
        raise NotFound
    audit.record(
        actor=actor,
        deed=Deed.FORGET_VIEW,
        right=Permission.KEEP_OWN_ACCOUNT,
        target=view,
        before={"list": view.screen, "columns": view.columns},
    )
    view.delete()
