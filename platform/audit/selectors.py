"""Questions to the log."""

from django.db.models import Q, QuerySet

from audit.models import Entry
from audit.permissions import Permission
from opium.permissions import WHOLE_CITY, Actor, all_permissions, require


def entries_visible_to(actor: Actor) -> QuerySet[Entry]:
    """The whole log of the city, newest first; who may not view it gets `Forbidden`."""
    require(actor, Permission.VIEW_LOG, WHOLE_CITY)
    return Entry.objects.order_by("-id")


def entries_matching(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Those that name the text as actor, target, or the right that was used."""
    verbs = [str(one) for one in all_permissions() if text.casefold() in one.label.casefold()]
    return entries.filter(
        Q(actor_name__icontains=text)
        | Q(in_place_of_name__icontains=text)
        | Q(target_label__icontains=text)
        | Q(target_id=text)
        | Q(verb__in=verbs)
    )


def labels() -> dict[str, str]:
    """The Polish name of each right that an entry's verb may be."""
    return {str(permission): permission.label for permission in all_permissions()}
