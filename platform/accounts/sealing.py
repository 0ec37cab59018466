"""Secrets that the database keeps only encrypted: a copy of it opens nothing.

Fernet (AES-128-CBC with HMAC-SHA-256), each purpose under a key of its own, made from the
installation's keys: `ENCRYPTION_KEYS`, the newest first, then `SECRET_KEY`. The first one seals,
every one opens; `opium secrets rotate` seals everything anew.
"""

from base64 import urlsafe_b64encode
from enum import StrEnum

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Purpose(StrEnum):
    """What is sealed; the value is a part of the key and never changes."""

    FACTORS = "accounts.factors"
    PROVIDERS = "accounts.providers"


def seal(purpose: Purpose, secret: str) -> str:
    """The secret as the database may keep it."""
    return _cipher(purpose).encrypt(secret.encode()).decode()


def unseal(purpose: Purpose, sealed: str) -> str:
    """The secret again; `cryptography.fernet.InvalidToken` where no key of ours has sealed it."""
    return _cipher(purpose).decrypt(sealed.encode()).decode()


def reseal(purpose: Purpose, sealed: str) -> str:
    """The same secret sealed with the newest key."""
    return _cipher(purpose).rotate(sealed.encode()).decode()


def _cipher(purpose: Purpose) -> MultiFernet:
    keys = [*settings.ENCRYPTION_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_derived(purpose, key) for key in keys])


def _derived(purpose: Purpose, key: str) -> Fernet:
    digest = salted_hmac(purpose, "", secret=key, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(digest))
