"""Questions about who is asked into which place."""

from django.db.models import QuerySet

from accounts import scopes
from accounts.models import Joining
from accounts.permissions import ASKING, Permission, oversees, require_any, stands_within
from opium.permissions import Actor, require


def joinings_visible_to(actor: Actor) -> QuerySet[Joining]:
    """Those into own places, of the whole city for whoever oversees its accounts; newest first."""
    found = Joining.objects.select_related("asker", "role").order_by("-created_at", "-pk")
    if oversees(actor):
        return found
    require_any(actor, ASKING)
    reach = scopes.together(actor.reach(right) for right in ASKING)
    return found.filter(stands_within(reach))


def own_joinings(actor: Actor) -> QuerySet[Joining]:
    """What was asked of the actor, by whomever; newest first."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    found = Joining.objects.select_related("asker", "role").order_by("-created_at", "-pk")
    return found.filter(person=actor.pk)
