"""Ending at once whatever could let the wrong person back into an account."""

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from accounts import registry
from accounts.models import ApiToken, Device, FactorLoss, Link, Person, Session


def evict(person: Person, *, kept: str | None = None) -> None:
    """End sessions, known devices, links, pending addresses and reports, API keys.

    Other rooms end their own ways in. How the city's own sign-in knows the person is forgotten as
    well: it has to vouch for the address anew. The browser whose key is `kept` stays. Second
    factors stay too, for a mailbox alone does not prove that they are the wrong person's
    (`factors.lose`, `reset_factors`). To be called in the transaction of the deed that asked for
    the right to it.
    """
    now = timezone.now()
    Session.objects.filter(person=person).exclude(session_key=kept).delete()
    Link.objects.filter(person=person, ended_at=None).update(ended_at=now)
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    Device.objects.filter(person=person, ended_at=None).update(ended_at=now)
    end_factor_loss(person)
    SocialAccount.objects.filter(user=person).delete()
    registry.end_ways_in(person)


@transaction.atomic(savepoint=False)
def end_factor_loss(person: Person) -> bool:
    """Let nothing wait for a decision about the person's factors; whether anything did."""
    waiting = FactorLoss.objects.filter(person=person, ended_at=None)
    if not waiting.update(ended_at=timezone.now()):
        return False
    registry.tell_factor_loss(person, waits=False)
    return True
