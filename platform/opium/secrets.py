"""Secrets that are told once: long enough to be nobody's guess, kept only as digests or not at all.

A letter's link needs no secret that is kept anywhere: it is made of its row's id and of the
installation's key, anew whenever the letter leaves.
"""

import hmac
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.utils.crypto import salted_hmac

from opium import registry

_ID = 32


def new_secret() -> str:
    """256 random bits, as text that an address can carry."""
    return token_urlsafe(32)


def sealed(purpose: str, row: UUID) -> str:
    """The secret of a link: only this city of this installation can make it of the row's id."""
    return row.hex + _seal(purpose, row)


def unsealed(purpose: str, token: str) -> UUID | None:
    """The row whose link has that secret; None where nobody here made it."""
    try:
        row = UUID(hex=token[:_ID])
    except ValueError:
        return None
    return row if hmac.compare_digest(_seal(purpose, row).encode(), token[_ID:].encode()) else None


def _seal(purpose: str, row: UUID) -> str:
    said = f"{registry.current_city().schema_name}:{row.hex}"
    return salted_hmac(purpose, said, algorithm="sha256").hexdigest()


def digest_in_city(purpose: str, said: str) -> str:
    """A digest by which this city tells whether the same was said before.

    Unlike `digest_of` it is keyed, so that nobody finds what was said by trying every possible
    PESEL; another city's digest of the same is another one.
    """
    keyed = f"{registry.current_city().schema_name}:{said}"
    return salted_hmac(purpose, keyed, algorithm="sha256").hexdigest()


def digest_of(secret: str) -> str:
    """What is stored: it finds the row of a secret, and nobody finds the secret from it.

    A plain SHA-256 is enough for a random secret; a password needs a slow hash.
    """
    return sha256(secret.encode()).hexdigest()
