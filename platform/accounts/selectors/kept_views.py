"""Questions about how somebody looks at lists."""

from django.db.models import QuerySet

from accounts.models import KeptView
from accounts.permissions import Permission
from opium.permissions import Actor, require


def own_views(actor: Actor) -> QuerySet[KeptView]:
    """The actor's own, of every list, in the order in which they were first kept."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    return KeptView.objects.filter(person=actor.pk).select_related("person").order_by("pk")
