"""The verbs of the session: by password, by key, by the city's own sign-in, and the second step."""

from datetime import datetime, timedelta
from typing import Any, NoReturn
from uuid import UUID

from allauth.core.context import request_context
from django.contrib import auth
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.deeds import Deed
from accounts.errors import NothingPending, WrongCredentials, WrongFactor
from accounts.models import Person, Session
from accounts.permissions import Permission
from accounts.services import attempts, devices, factors
from accounts.services.evicting import end_factor_loss
from accounts.sessions import PROVED_AT
from audit import services as audit

PENDING = "second_factor"
PENDING_FOR = timedelta(minutes=10)
BACKEND = "accounts.sessions.Owners"


def sign_in(*, request: HttpRequest, email: str, password: str) -> Person | None:
    """Start the person's session, or refuse in words that don't tell which part was wrong.

    None where a second factor has to follow (`give_code`, `give_key`). Raises `WrongCredentials`,
    and `Locked` after too many failures under this e-mail or from this address, whether or not
    such an account exists.
    """
    device = devices.known_as(request, email)
    narrow, *wide = attempts.of_sign_in(email, audit.origin.get(), device)
    attempts.take(narrow, *wide)
    person = auth.authenticate(request, username=email, password=password)
    if not isinstance(person, Person):
        meant = Person.objects.filter(email__iexact=email).first()
        _record_refusal(None, meant, WrongCredentials.message)
        raise WrongCredentials
    attempts.forget(narrow)
    attempts.give_back(*wide)
    return go_on(request, person, by="hasło", proved_at=timezone.now())


def go_on(
    request: HttpRequest, person: Person, *, by: str, proved_at: datetime | None
) -> Person | None:
    """Let the person in, or ask for the second factor where there is one (None).

    `proved_at` is when they proved password or factor; None where nobody says so.
    """
    if factors.kinds_of(person):
        auth.logout(request)
        request.session[PENDING] = {
            "person": str(person.pk),
            "by": by,
            "until": (timezone.now() + PENDING_FOR).isoformat(),
        }
        return None
    start_session(request, person, by=by, proved_at=proved_at)
    return person


def pending_factors(request: HttpRequest) -> list[str]:
    """The kinds of second factor that the session waits for; none where it waits for nothing."""
    pending = _pending(request)
    return factors.kinds_of(pending[0]) if pending else []


def give_code(*, request: HttpRequest, code: str) -> Person:
    """End the second step with a code of the app, or with a recovery code (each works once).

    Raises `NothingPending`, `WrongFactor`, `Locked`.
    """
    person, by = _expected(request)
    key = attempts.of_factor(person, devices.known_as(request, person.email))
    attempts.take(key)
    used = factors.use_code(person, code)
    if used is None:
        _refuse_factor(person)
    attempts.forget(key)
    end_factor_loss(person)
    start_session(request, person, by=f"{by} i {used}", proved_at=timezone.now())
    return person


def begin_key(*, request: HttpRequest) -> dict[str, Any]:
    """What the browser needs to ask for a key: the pending person's, or anybody's passkey."""
    pending = _pending(request)
    with request_context(request):
        return factors.begin_authentication(pending[0] if pending else None)


def give_key(*, request: HttpRequest, credential: dict[str, Any]) -> Person:
    """End the second step with a key, or sign in with a passkey alone.

    A passkey proves both the device and its owner, so nothing follows. Raises `WrongFactor`,
    `Locked`.
    """
    pending = _pending(request)
    address = attempts.of_address(audit.origin.get())
    attempts.take(address)
    with request_context(request):
        person = factors.use_key(pending[0] if pending else None, credential)
    if person is None:
        _refuse_factor(pending[0] if pending else None)
    attempts.give_back(address)
    end_factor_loss(person)
    by = f"{pending[1]} i klucz" if pending else "klucz dostępu"
    start_session(request, person, by=by, proved_at=timezone.now())
    return person


@transaction.atomic
def start_session(
    request: HttpRequest, person: Person, *, by: str, proved_at: datetime | None
) -> None:
    """Start a new session under a new key, and write the log-in down; forget what has expired.

    The browser is known from now on, and the person told where it is not one of theirs.
    """
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    request.session.pop(PENDING, None)
    auth.login(request, person, backend=BACKEND)
    request.session[PROVED_AT] = proved_at.isoformat() if proved_at else None
    request.session["address"] = audit.origin.get()
    request.session["agent"] = request.headers.get("User-Agent", "")[:300]
    request.session["started_at"] = timezone.now().isoformat()
    is_known = devices.remember(request, person)
    audit.record(
        actor=person,
        deed=Deed.START_SESSION,
        right=Permission.SIGN_IN,
        target=person,
        after={"by": by} | ({} if is_known else {"device": "nieznane dotąd"}),
    )


def sign_out(*, request: HttpRequest) -> None:
    """End the session; harmless where there is none."""
    auth.logout(request)


def _expected(request: HttpRequest) -> tuple[Person, str]:
    pending = _pending(request)
    if pending is None:
        raise NothingPending
    return pending


def _pending(request: HttpRequest) -> tuple[Person, str] | None:
    pending = request.session.get(PENDING)
    if not pending or datetime.fromisoformat(pending["until"]) < timezone.now():
        return None
    person = Person.objects.filter(pk=UUID(pending["person"]), is_active=True).first()
    return (person, pending["by"]) if person else None


def _refuse_factor(person: Person | None) -> NoReturn:
    _record_refusal(person, person, WrongFactor.message)
    raise WrongFactor


def _record_refusal(actor: Person | None, target: Person | None, sentence: str) -> None:
    audit.record_refusal(
        actor=actor,
        deed=Deed.START_SESSION,
        right=Permission.SIGN_IN,
        target=target,
        sentence=sentence,
    )
