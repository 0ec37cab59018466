"""Proving once more that it is oneself, before what lets people into accounts is changed."""

from typing import Any

from allauth.core.context import request_context
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.deeds import Deed
from accounts.errors import WrongFactor
from accounts.models import Person
from accounts.permissions import Permission
from accounts.services import attempts, devices, factors
from accounts.services.passwords import confirm_password
from accounts.sessions import PROVED_AT
from audit import services as audit
from opium.errors import DomainError, FieldError
from opium.permissions import require


def begin_proof(*, request: HttpRequest, actor: Person) -> dict[str, Any]:
    """What the browser needs to use a key of one's own as proof."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    with request_context(request):
        return factors.begin_authentication(actor)


def prove(
    *,
    request: HttpRequest,
    actor: Person,
    password: str = "",
    code: str = "",
    credential: dict[str, Any] | None = None,
) -> None:
    """Let the session do for `PROOF_MINUTES` what asks for a recent proof (one of the three).

    Raises `WrongPassword`, `WrongFactor`, `Locked`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    try:
        by = _proved(request, actor, password, code, credential)
    except DomainError as refusal:
        audit.record_refusal(
            actor=actor,
            deed=Deed.PROVE,
            right=Permission.KEEP_OWN_ACCOUNT,
            target=actor,
            sentence=str(refusal),
        )
        raise
    with transaction.atomic():
        request.session[PROVED_AT] = timezone.now().isoformat()
        audit.record(
            actor=actor,
            deed=Deed.PROVE,
            right=Permission.KEEP_OWN_ACCOUNT,
            target=actor,
            after={"by": by},
        )


def _proved(
    request: HttpRequest,
    person: Person,
    password: str,
    code: str,
    credential: dict[str, Any] | None,
) -> str:
    """What proved it, in Polish; else a refusal."""
    if credential is not None:
        with request_context(request):
            if factors.use_key(person, credential) is None:
                raise WrongFactor
        return "klucz"
    if code:
        key = attempts.of_factor(person, devices.known_as(request, person.email))
        attempts.take(key)
        used = factors.use_code(person, code)
        if used is None:
            raise WrongFactor(errors=[FieldError("code", WrongFactor.message)])
        attempts.forget(key)
        return used
    confirm_password(person, password, field="password")
    return "hasło"
