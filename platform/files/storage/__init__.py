"""Where the bytes lie: one contract, two places. The environment alone chooses (`S3_BUCKET`)."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from files.storage.contract import (
    CHUNK,
    KeyOfAnotherCity,
    Missing,
    Readable,
    Source,
    Store,
    Target,
    owned,
)
from files.storage.local import LocalStore
from opium.registry import current_city

__all__ = [
    "CHUNK",
    "INCOMING",
    "KeyOfAnotherCity",
    "Missing",
    "Readable",
    "Source",
    "Store",
    "Target",
    "city",
    "current",
    "incoming",
    "key_of",
    "owned",
]

INCOMING = "incoming"
"""The folder of a city in which uploads arrive."""


def current() -> Store:
    """The store of the city of the current connection."""
    return _open(settings.S3_BUCKET, settings.S3_ENDPOINT_URL, settings.FILES_ROOT, city())


def city() -> str:
    """The city's folder in every store: the name of its schema."""
    return current_city().schema_name


def incoming(file_id: UUID) -> str:
    """Where the bytes of an upload arrive."""
    return f"{city()}/{INCOMING}/{file_id}"


def key_of(file_id: UUID) -> str:
    """Where the bytes of a file stay that is kept from now on."""
    return f"{city()}/{timezone.now():%Y/%m}/{file_id}"


def _open(bucket: str, endpoint: str | None, root: str, schema: str) -> Store:
    if bucket:
        from files.storage.s3 import S3Store  # noqa: PLC0415  # slow, and a folder needs none of it

        return S3Store(schema, bucket=bucket, endpoint=endpoint)
    return LocalStore(schema, root=Path(root))
