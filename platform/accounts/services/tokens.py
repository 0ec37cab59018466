"""The verbs of API tokens."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from accounts.deeds import Deed
from accounts.errors import TokenBeyondRights, TokenBusy, TokenDates, TokenRevoked
from accounts.models import ApiToken, Person
from accounts.permissions import Permission
from accounts.services.guards import require_recent_proof
from accounts.services.letting_know import tell_of_change
from audit import services as audit
from opium.permissions import Actor, require
from opium.secrets import digest_of, new_secret

PREFIX = "opium_"
LONGEST = timedelta(days=366)
PER_MINUTE = 300


@transaction.atomic
def make_token(
    *, actor: Person, name: str, permissions: Iterable[str], expires_at: datetime
) -> tuple[ApiToken, str]:
    """Make a key that acts as the actor within these permissions; its secret is told only now.

    What the person loses later the key loses too. No key makes another. Raises
    `ProofNeeded`, `TokenBeyondRights`, `TokenDates`.
    """
    require(actor, Permission.MAKE_TOKENS)
    require(actor, Permission.KEEP_OWN_ACCOUNT, actor)
    require_recent_proof(actor)
    held = set(actor.permissions_held)
    wanted = sorted(set(permissions))
    for permission in wanted:
        if permission not in held:
            raise TokenBeyondRights(name=permission)
    if not timezone.now() < expires_at <= timezone.now() + LONGEST:
        raise TokenDates(days=LONGEST.days)
    secret = PREFIX + new_secret()
    token = ApiToken.objects.create(
        person=actor,
        name=name,
        digest=digest_of(secret),
        hint=secret[:10],
        permissions=wanted,
        expires_at=expires_at,
    )
    tell_of_change(actor, "wydano klucz API")
    audit.record(
        actor=actor,
        deed=Deed.MAKE_TOKEN,
        right=Permission.MAKE_TOKENS,
        target=token,
        after={"name": name, "permissions": wanted, "expires_at": expires_at},
    )
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor, token: ApiToken) -> ApiToken:
    """Let the key open nothing from now on: one's own, or anybody's for who manages accounts.

    Raises `ProofNeeded`, `TokenRevoked`.
    """
    right = Permission.MAKE_TOKENS if token.person_id == actor.pk else Permission.MANAGE_PEOPLE
    require(actor, right, None if right == Permission.MAKE_TOKENS else token.person)
    require_recent_proof(actor)
    token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if token.revoked_at is not None:
        raise TokenRevoked
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at", "updated_at"])
    tell_of_change(token.person, "unieważniono klucz API")
    audit.record(
        actor=actor, deed=Deed.REVOKE_TOKEN, right=right, target=token, after={"revoked": True}
    )
    return token


def use_token(secret: str) -> Person | None:
    """The person as whom the key acts, limited to its permissions; None where it opens nothing.

    Two queries. Raises `TokenBusy` above `PER_MINUTE` requests, counted for all processes.
    """
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("person")
        .filter(revoked_at=None, expires_at__gt=now, person__is_active=True)
        .filter(digest=digest_of(secret))
        .first()
    )
    if token is None:
        return None
    over = Q(window_began_at__lte=now - timedelta(minutes=1))
    counted = ApiToken.objects.filter(over | Q(window_count__lt=PER_MINUTE), pk=token.pk).update(
        window_count=Case(When(over, then=Value(1)), default=F("window_count") + 1),
        window_began_at=Case(When(over, then=Value(now)), default=F("window_began_at")),
        last_used_at=now,
    )
    if not counted:
        raise TokenBusy(limit=PER_MINUTE, retry_after=60)
    person = token.person
    person.limits = frozenset(token.permissions)
    return person
