"""Browsers that a person has signed in with before, known again by a mark that they keep."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts import letters, registry
from accounts.models import Device, Person
from accounts.selectors import sign_in_rules
from accounts.services.letting_know import tell_of_change
from audit import services as audit
from opium.models import uuid7
from opium.secrets import digest_of, new_secret
from outbox.services import after_commit

KEPT = 20
"""Known browsers of one person; a newer one takes the place of the longest unseen."""
LASTS = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer."""
FRESH = "opium.device"
"""Where a request keeps the mark that its answer is to leave."""


def mark_of(request: HttpRequest) -> str | None:
    """The digest of the mark that the browser shows; None where it shows none."""
    shown = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    return digest_of(shown) if shown else None


def known_as(request: HttpRequest, email: str) -> str | None:
    """The browser's digest where whoever has that address has signed in with it before."""
    digest = mark_of(request)
    if digest is None:
        return None
    known = Device.objects.filter(digest=digest, ended_at=None, person__email__iexact=email.strip())
    return digest if known.exists() else None


def remember(request: HttpRequest, person: Person) -> bool:
    """Know the browser from now on; tell the person of it where they have known others.

    Whether it was one of theirs; the first ever is, and nothing to tell of. To be called once the
    person is in.
    """
    digest, now = mark_of(request), timezone.now()
    devices = dict(Device.objects.filter(person=person).values_list("digest", "ended_at"))
    if digest is not None and digest in devices and devices[digest] is None:
        Device.objects.filter(person=person, digest=digest).update(seen_at=now)
        return True
    if digest is None or not Device.objects.filter(digest=digest).exists():
        request.META[FRESH] = new_secret()  # a mark that we did not make could be anybody's
        digest = digest_of(request.META[FRESH])
    Device.objects.bulk_create(
        [Device(person=person, digest=digest, seen_at=now)],
        update_conflicts=True,
        unique_fields=["person", "digest"],
        update_fields=["seen_at", "ended_at", "updated_at"],
    )
    if len(devices) >= KEPT:
        _forget_the_oldest(person)
    if not devices:
        return True
    agent = request.headers.get("User-Agent", "")
    subject, body = letters.of_new_device(person, agent, audit.origin.get(), now)
    after_commit("accounts.tell_of_device", str(person.pk), str(uuid7()), subject, body)
    return False


@transaction.atomic
def tell_of_device(person_id: str, news_id: str, subject: str, body: str) -> None:
    """Tell the person of a sign-in with an unknown browser, where the city wants it told.

    Apart from the signing in, which nobody should wait for longer.
    """
    if not sign_in_rules().tells_new_devices:
        return
    person = Person.objects.get(pk=person_id)
    if not registry.tell_new_device(person, UUID(news_id), subject, body):
        tell_of_change(person, "zalogowano się z nieznanego urządzenia")


def leave_mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser the mark by which it is known again, where it got a new one."""
    mark = request.META.get(FRESH)
    if mark:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            mark,
            max_age=LASTS,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )


def _forget_the_oldest(person: Person) -> None:
    seen = Device.objects.filter(person=person).order_by("-seen_at").values("pk")
    Device.objects.filter(pk__in=seen[KEPT:]).delete()
