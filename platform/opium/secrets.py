"""Secrets that are told once: made long enough to be nobody's guess, kept only as digests."""

from hashlib import sha256
from secrets import token_urlsafe


def new_secret() -> str:
    """256 random bits, as text that an address can carry."""
    return token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is stored: it finds the row of a secret, and nobody finds the secret from it.

    A plain SHA-256 is enough for a random secret; a password needs a slow hash.
    """
    return sha256(secret.encode()).hexdigest()
