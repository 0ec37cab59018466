"""Second factors: codes of an app, passkeys, recovery codes. allauth keeps and checks them."""

from typing import Any

from allauth.core.context import request_context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.exceptions import InvalidSignature
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from accounts import registry
from accounts.deeds import Deed
from accounts.errors import FactorThere, NoFactor, NoFactorLoss, WrongFactor
from accounts.models import FACTORS, FactorLoss, Person, SignInRules
from accounts.permissions import Permission, require_whole
from accounts.selectors import sign_in_rules
from accounts.services.ending_motions import void_outdated
from accounts.services.evicting import end_factor_loss, evict
from accounts.services.guards import require_recent_proof, require_recovery
from accounts.services.letting_know import tell_of_change
from audit import services as audit
from opium.errors import FieldError
from opium.permissions import Actor, require

Type = Authenticator.Type
MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError, InvalidSignature)
"""What allauth and fido2 raise for an answer that no honest browser gives."""


def kinds_of(person: Person) -> list[str]:
    """The kinds of factor the person can use; recovery codes only beside another one."""
    kinds = list(
        Authenticator.objects.filter(user=person).values_list("type", flat=True).distinct()
    )
    return sorted(kinds) if set(kinds) & set(FACTORS) else []


def begin_totp(*, request: HttpRequest, actor: Person) -> tuple[str, str]:
    """A new secret for the app, kept in the session until confirmed, and its `otpauth://` address.

    Raises `ProofNeeded`, `FactorThere`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    if Authenticator.objects.filter(user=actor, type=Type.TOTP).exists():
        raise FactorThere
    with request_context(request):
        secret = totp.get_totp_secret(regenerate=True)
        return secret, get_adapter().build_totp_url(actor, secret)


@transaction.atomic
def add_totp(*, request: HttpRequest, actor: Person, code: str) -> list[str]:
    """Keep the app once it has shown a right code; the recovery codes, if these are the first.

    Raises `ProofNeeded`, `WrongFactor`, `FactorThere`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    Person.objects.select_for_update().get(pk=actor.pk)
    if Authenticator.objects.filter(user=actor, type=Type.TOTP).exists():
        raise FactorThere
    secret = request.session.get(totp.SECRET_SESSION_KEY)
    counter = _counter(secret, code) if secret else None
    if counter is None:
        raise WrongFactor
    app = totp.TOTP.activate(actor, secret).instance
    app.data["counter"] = counter
    app.save(update_fields=["data"])
    totp.clear_totp_secret(request)
    _record(actor, Deed.ADD_TOTP, actor, {"added": "aplikacja z kodami"})
    tell_of_change(actor, "dodano aplikację z kodami jako drugi składnik logowania")
    void_outdated(actor)
    return _first_recovery_codes(actor)


def begin_key(*, request: HttpRequest, actor: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey for this city's host. Raises `ProofNeeded`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    with request_context(request):
        options: dict[str, Any] = webauthn.begin_registration(actor, passwordless=True)
    return options


@transaction.atomic
def add_key(
    *, request: HttpRequest, actor: Person, name: str, credential: dict[str, Any]
) -> list[str]:
    """Keep the key that the browser has made; the recovery codes, if these are the first.

    Raises `ProofNeeded`, `WrongFactor`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    try:
        with request_context(request):
            webauthn.parse_registration_response(credential)
            webauthn.complete_registration(credential)
            webauthn.WebAuthn.add(actor, name, credential)
    except MALFORMED as refusal:
        raise WrongFactor from refusal
    _record(actor, Deed.ADD_KEY, actor, {"added": f"klucz „{name}”"})
    tell_of_change(actor, "dodano klucz dostępu")
    void_outdated(actor)
    return _first_recovery_codes(actor)


@transaction.atomic
def remove_factor(*, actor: Person, factor_id: int) -> None:
    """Remove an app or a key; recovery codes go with the last one.

    Raises `ProofNeeded`, `NoFactor`.
    """
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    factor = Authenticator.objects.filter(pk=factor_id, user=actor, type__in=FACTORS).first()
    if factor is None:
        raise NoFactor
    _record(actor, Deed.REMOVE_FACTOR, actor, {"removed": factor.type})
    tell_of_change(actor, "usunięto drugi składnik logowania")
    factor.delete()
    if not Authenticator.objects.filter(user=actor, type__in=FACTORS).exists():
        Authenticator.objects.filter(user=actor).delete()
    void_outdated(actor)


@transaction.atomic
def renew_recovery_codes(*, actor: Person) -> list[str]:
    """New recovery codes; the earlier are worth nothing. Raises `ProofNeeded`, `NoFactor`."""
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    if not kinds_of(actor):
        raise NoFactor
    Authenticator.objects.filter(user=actor, type=Type.RECOVERY_CODES).delete()
    _record(actor, Deed.RENEW_RECOVERY_CODES, actor, {"added": "kody zapasowe"})
    tell_of_change(actor, "wydano nowe kody zapasowe")
    codes = _first_recovery_codes(actor)
    void_outdated(actor)
    return codes


@transaction.atomic
def reset_factors(*, actor: Actor, person: Person) -> None:
    """Take a person's factors away, as after a lost telephone; every way in ends.

    Whoever has a role that demands a second factor sets a new one before anything else.
    Raises `StrongerPerson`, `OwnWayIn` (there is `remove_factor`), `ProofNeeded`.
    """
    right = require_recovery(actor, person)
    require_recent_proof(actor)
    take_factors(person)
    void_outdated(person)
    audit.record(
        actor=actor,
        deed=Deed.RESET_FACTORS,
        right=right,
        target=person,
        after={"removed": "drugi składnik"},
    )


def take_factors(person: Person) -> None:
    """Take the factors away and end every way in; part of the deed that asked for the right."""
    Authenticator.objects.filter(user=person).delete()
    evict(person)
    tell_of_change(person, "usunięto drugi składnik logowania")


@transaction.atomic
def refuse_factor_loss(*, actor: Actor, person: Person) -> None:
    """Leave the factors of somebody who said that they are lost, or somebody else's, as they are.

    Only for whoever sees the report. Raises `StrongerPerson`, `OwnWayIn`, `ProofNeeded`,
    `NoFactorLoss`.
    """
    right = require_recovery(actor, person)
    require_whole(actor, person)
    require_recent_proof(actor)
    if not end_factor_loss(person):
        raise NoFactorLoss(person=person)
    tell_of_change(person, "odrzucono zgłoszenie utraty drugiego składnika")
    audit.record(
        actor=actor,
        deed=Deed.REFUSE_FACTOR_LOSS,
        right=right,
        target=person,
        after={"kept": "drugi składnik"},
    )


def lose(person: Person, code: str) -> str:
    """What comes of it that whoever resets the password has the factors no more, in Polish.

    Nobody takes a factor away by the mailbox alone: where the city lets a recovery code do it, they
    go with one, otherwise a second person decides (`reset_factors`, `refuse_factor_loss`). To be
    called in the reset's transaction, after tries have been counted. Raises `WrongFactor`.
    """
    if code and sign_in_rules().lost_factor == SignInRules.LostFactor.RECOVERY_CODE:
        spare = Authenticator.objects.select_for_update().filter(
            user=person, type=Type.RECOVERY_CODES
        )
        if not any(RecoveryCodes(one).validate_code(code) for one in spare):
            raise WrongFactor(errors=[FieldError("code", WrongFactor.message)])
        Authenticator.objects.filter(user=person).delete()
        void_outdated(person)
        tell_of_change(person, "usunięto drugi składnik logowania, podając kod zapasowy")
        return "usunięty kodem zapasowym"
    FactorLoss.objects.get_or_create(person=person, ended_at=None)
    registry.tell_factor_loss(person, waits=True)
    tell_of_change(
        person, "zgłoszono, że nie masz już drugiego składnika; decyzja należy do urzędu"
    )
    return "zgłoszono utratę"


@transaction.atomic
def use_code(person: Person, code: str) -> str | None:
    """The Polish name of what the code was: the app's, or a recovery code; None where wrong.

    A code that was used, or an older one, is worth nothing.
    """
    found = {one.type: one for one in Authenticator.objects.select_for_update().filter(user=person)}
    if (app := found.get(Type.TOTP)) is not None:
        counter = _counter(get_adapter().decrypt(app.data["secret"]), code)
        if counter is not None and counter > app.data.get("counter", 0):
            app.data["counter"] = counter
            app.save(update_fields=["data"])
            app.record_usage()
            return "kod z aplikacji"
    spare = found.get(Type.RECOVERY_CODES)
    if spare is not None and kinds_of(person) and RecoveryCodes(spare).validate_code(code):
        spare.record_usage()
        return "kod zapasowy"
    return None


def begin_authentication(person: Person | None) -> dict[str, Any]:
    """What the browser needs to use a key of the person, or anybody's passkey."""
    options: dict[str, Any] = webauthn.begin_authentication(person)
    return options


def use_key(person: Person | None, credential: dict[str, Any]) -> Person | None:
    """Whose key it was: the expected person's, or, as a passkey, anybody's; None where wrong."""
    try:
        webauthn.parse_authentication_response(credential)
        owner = person or webauthn.extract_user_from_response(credential)
        if not isinstance(owner, Person) or not owner.is_active:
            return None
        webauthn.complete_authentication(owner, credential).record_usage()
    except MALFORMED:
        return None
    return owner


def _counter(secret: str, code: str) -> int | None:
    """The moment (a number of half minutes) whose code this is; None where it is of no near one."""
    counter: int
    for counter in totp.yield_hotp_counters_from_time():
        expected = totp.format_hotp_value(totp.hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=expected):
            return counter
    return None


def _first_recovery_codes(person: Person) -> list[str]:
    if Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


def _record(actor: Person, deed: Deed, target: Person, after: dict[str, object]) -> None:
    audit.record(
        actor=actor, deed=deed, right=Permission.KEEP_OWN_ACCOUNT, target=target, after=after
    )
