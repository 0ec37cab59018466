"""Ending at once whatever could let the wrong person back into an account."""

from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from accounts import registry
from accounts.models import ApiToken, Link, Person, Session


def evict(person: Person, *, kept: str | None = None) -> None:
    """End sessions, letters' links, pending addresses, API keys and other rooms' ways in.

    How the city's own sign-in knows the person is forgotten as well: it has to vouch for the
    address anew. The browser whose key is `kept` stays. Second factors stay too, for a mailbox
    alone does not prove that they are the wrong person's (`reset_factors`). To be called in the
    transaction of the deed that asked for the right to it.
    """
    now = timezone.now()
    Session.objects.filter(person=person).exclude(session_key=kept).delete()
    Link.objects.filter(person=person, ended_at=None).update(ended_at=now)
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    SocialAccount.objects.filter(user=person).delete()
    registry.end_ways_in(person)
