"""Addresses that carry their own permission, for a while: what S3 signs, the local store signs.

Each is signed for one city and one use; the other city's server does not know it.
"""

import time
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.urls import reverse

from files.errors import LinkExpired, LinkTampered
from opium.registry import current_city


@dataclass(frozen=True, slots=True)
class Upload:
    """Leave to write `size` bytes under `key`."""

    key: str
    size: int


@dataclass(frozen=True, slots=True)
class Download:
    """Leave to read what lies under `key`, called `name`."""

    key: str
    name: str
    content_type: str
    inline: bool


def upload_url(upload: Upload, *, until: datetime) -> str:
    return reverse("files:upload", args=[_sign("upload", asdict(upload), until)])


def download_url(download: Download, *, until: datetime) -> str:
    return reverse("files:download", args=[_sign("download", asdict(download), until)])


def read_upload(token: str) -> Upload:
    """Raises `LinkExpired`, `LinkTampered`."""
    return Upload(**_read("upload", token))


def read_download(token: str) -> Download:
    """Raises `LinkExpired`, `LinkTampered`."""
    return Download(**_read("download", token))


def _sign(use: str, facts: dict[str, Any], until: datetime) -> str:
    return signing.dumps([int(until.timestamp()), facts], salt=_salt(use), compress=True)


def _read(use: str, token: str) -> dict[str, Any]:
    try:
        until, facts = signing.loads(token, salt=_salt(use))
    except signing.BadSignature as error:
        raise LinkTampered from error
    if until < time.time():
        raise LinkExpired
    found: dict[str, Any] = facts
    return found


def _salt(use: str) -> str:
    return f"files.{use}.{current_city().schema_name}"
