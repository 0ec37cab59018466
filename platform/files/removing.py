"""Letting go: rows first, bytes after the commit; and what is left where a deed broke off."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from files import errors, selectors, storage
from files.models import File, FileMaking, FileReading
from opium.isolation import each
from outbox.services import after_commit

ORPHANS_AT_ONCE = 1_000
"""So many may always go; more only while they are less than a tenth of the files."""
COMPARED_AT_ONCE = 1_000


@transaction.atomic
def discard(*, file: File) -> None:
    """Forget a file that its module lets go; the bytes go once the transaction has committed."""
    key = file.key
    file.delete()
    after_commit("files.remove_bytes", key)


def remove_bytes(*, key: str) -> None:
    """Safe to run twice."""
    storage.current().delete(key)


def remove_abandoned() -> int:
    """Forget uploads that never ended, were refused, or that no module has taken; their number.

    With each goes what was read of it, and that of claimed files after `selectors.KEPT_READING`;
    what was made for somebody goes after `selectors.KEPT_MAKING`.
    Bytes that arrived for no row (an address used again after the upload was finished) go too.
    One that cannot go keeps no other: raises `SomeFailed` after the rest.
    """
    now = timezone.now()
    FileReading.objects.filter(created_at__lt=now - selectors.KEPT_READING).delete()
    files = list(selectors.abandoned(now))
    each(files, _forget)
    each(list(selectors.forgotten_makings(now)), _forget_made)
    store = storage.current()
    arrived = f"{storage.city()}/{storage.INCOMING}"
    each(store.keys(arrived, before=now - selectors.KEPT_INCOMING), store.delete)
    return len(files)


def _forget(file: File) -> None:
    again = selectors.abandoned(timezone.now()).select_for_update(skip_locked=True)
    if (locked := again.filter(pk=file.pk).first()) is not None:
        after_commit("files.remove_bytes", storage.incoming(locked.pk))
        discard(file=locked)


def _forget_made(making: FileMaking) -> None:
    with transaction.atomic():
        again = selectors.forgotten_makings(timezone.now()).select_for_update(skip_locked=True)
        if (locked := again.filter(pk=making.pk).first()) is not None:
            let_go_of_made(locked)


def let_go_of_made(making: FileMaking) -> None:
    """Forget what was made, and its file; part of the deed that does not want it any more."""
    making.delete()
    if making.file is not None:
        discard(file=making.file)


def remove_all(*, before: datetime) -> int:
    """Remove every byte that was stored before then for a city that is gone; how many files."""
    store = storage.current()
    return each(store.keys(storage.city(), before=before), store.delete)


def remove_orphans() -> int:
    """Remove bytes that no row knows, as a deed leaves them that was rolled back; how many.

    `services.store` writes before its row is committed, so only bytes older than any transaction
    can be (`selectors.GRACE`) are looked at. Raises `TooManyOrphans`, removing nothing, where so
    many are unknown that rather the database is an old one.
    """
    orphans = list(_orphans())
    limit = max(ORPHANS_AT_ONCE, File.objects.count() // 10)
    if len(orphans) > limit:
        raise errors.TooManyOrphans(count=len(orphans), limit=limit)
    return each(orphans, storage.current().delete)


def _orphans() -> Iterator[str]:
    keys = storage.current().keys(storage.city(), before=timezone.now() - selectors.GRACE)
    finished = (key for key in keys if not key.startswith(f"{storage.city()}/{storage.INCOMING}/"))
    while batch := list(islice(finished, COMPARED_AT_ONCE)):
        ids = [pk for pk in map(_row_of, batch) if pk is not None]
        known = set(File.objects.filter(pk__in=ids).values_list("key", flat=True))
        yield from (key for key in batch if key not in known)


def _row_of(key: str) -> UUID | None:
    """The row that a key names; a draft that a broken write left behind names none."""
    try:
        return UUID(key.rpartition("/")[2])
    except ValueError:
        return None
