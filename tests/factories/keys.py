"""Programs that act as somebody, by a key limited to some rights."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import ApiToken
from accounts.services import use_token
from opium.secrets import digest_of, new_secret


def secret_of(person, *permissions):
    """The secret of a key of the person's, limited to these rights."""
    secret = f"opium_{new_secret()}"
    ApiToken.objects.create(
        person=person,
        name="Program",
        digest=digest_of(secret),
        hint=secret[:10],
        permissions=[str(one) for one in permissions],
        expires_at=timezone.now() + timedelta(days=1),
    )
    return secret


def program_of(person, *permissions):
    """The person as that key lets them act."""
    return use_token(secret_of(person, *permissions))
