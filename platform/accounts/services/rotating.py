"""Sealing every secret of a city anew, after a key was added or has to go."""

from typing import TYPE_CHECKING, cast

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialApp
from django.db import transaction

from accounts.deeds import Deed
from accounts.permissions import Permission
from accounts.sealing import Purpose, reseal
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
