"""Sealing every secret of a city anew, after a key was added or has to go."""

from typing import TYPE_CHECKING, cast

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import InvalidToken
from django.db import transaction

from accounts.deeds import Deed
from accounts.permissions import Permission
from accounts.sealing import Purpose, reseal, seal, unseal
from accounts.services.single_sign_on import SEALED
from audit import services as audit
from opium import registry
from opium.permissions import WHOLE_CITY, Actor, require

if TYPE_CHECKING:
    from django.db.models import Model

FIELDS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""Where allauth keeps the secret of each kind of factor; a passkey's part here is public."""


@transaction.atomic
def rotate_secrets(*, actor: Actor) -> int:
    """Seal each secret of the current schema with the newest key; how many there are.

    Afterwards the older keys open nothing here and may go. Safe to run twice. Raises
    `cryptography.fernet.InvalidToken` where no key of ours opens a secret; then nothing changes.
    """
    require(actor, Permission.MANAGE_SIGN_IN, WHOLE_CITY)
    factors = list(Authenticator.objects.select_for_update().filter(type__in=FIELDS))
    for factor in factors:
        field = FIELDS[Authenticator.Type(factor.type)]
        factor.data[field] = reseal(Purpose.FACTORS, factor.data[field])
    Authenticator.objects.bulk_update(factors, ["data"], batch_size=500)
    providers = list(SocialApp.objects.select_for_update())
    for provider in providers:
        provider.settings[SEALED] = reseal(Purpose.PROVIDERS, provider.settings[SEALED])
    SocialApp.objects.bulk_update(providers, ["settings"])
    count = len(factors) + len(providers)
    audit.record(
        actor=actor,
        deed=Deed.ROTATE_SECRETS,
        right=Permission.MANAGE_SIGN_IN,
        target=cast("Model", registry.current_city()),
        after={"secrets_sealed": count},
    )
    return count


def count_unopened(*, forgets: bool = False) -> int:
    """How many secrets of the current schema no key of ours opens, as in a city from elsewhere.

    With `forgets` those factors are removed and those providers lose their secret, since a factor
    that cannot be checked would keep its owner out.
    """
    count = 0
    for factor in Authenticator.objects.filter(type__in=FIELDS).iterator():
        field = FIELDS[Authenticator.Type(factor.type)]
        if not _opens(Purpose.FACTORS, factor.data[field]):
            count += 1
            if forgets:
                factor.delete()
    for provider in SocialApp.objects.iterator():
        if not _opens(Purpose.PROVIDERS, provider.settings[SEALED]):
            count += 1
            if forgets:
                provider.settings[SEALED] = seal(Purpose.PROVIDERS, "")
                provider.save(update_fields=["settings"])
    return count


def _opens(purpose: Purpose, sealed: str) -> bool:
    try:
        unseal(purpose, sealed)
    except InvalidToken:
        return False
    return True
