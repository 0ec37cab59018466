"""How a file comes in: an address for its bytes, their arrival, and the module that takes it."""

import errno
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit import services as audit
from files import contents, errors, links, quotas, selectors, storage
from files.deeds import Deed
from files.models import File
from files.permissions import Permission
from files.services.checking import ask_for_scan
from files.storage import Missing, Source, Target
from opium.errors import Forbidden, Invalid
from opium.permissions import Actor, require
from opium.polish import format_size
from outbox.services import after_commit

logger = logging.getLogger(__name__)

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""How a disk, and a share of it, say that they are full."""
REFUSALS: dict[str, type[Invalid]] = {
    refusal.code: refusal
    for refusal in (
        errors.ContentDisagrees,
        errors.FileDamaged,
        errors.FileEmpty,
        errors.FileInfected,
        errors.FileTooLargeToScan,
        errors.SizeDiffers,
        errors.TypeNotAllowed,
    )
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is expected, and where its bytes are to be sent."""

    file: File
    target: Target


@transaction.atomic
def begin_upload(*, actor: Actor, name: str, size: int) -> Upload:
    """Expect `size` bytes from this person; any signed-in one may send.

    Refuses at once what the name and the size already tell: `NameUnusable`, `NameTooLong`,
    `TypeNotAllowed`, `FileEmpty`, `FileTooLarge`, `QuotaSpent`.
    """
    require(actor, Permission.UPLOAD_FILE)
    name = contents.accepted_name(name)
    if size <= 0:
        raise errors.FileEmpty(name=name)
    if size > settings.FILES_MAX_BYTES:
        raise errors.FileTooLarge(
            name=name, size=format_size(size), limit=format_size(settings.FILES_MAX_BYTES)
        )
    person = _person(actor)
    quotas.check_room(person, name=name, size=size)
    now = timezone.now()
    file = File(name=name, size=size, uploaded_by_id=person)
    file.key = storage.key_of(file.pk)
    file.expires_at = now + selectors.UPLOAD_LIFETIME
    file.save()
    if selectors.abandoned(now).exists():
        after_commit("files.remove_abandoned")
    target = storage.current().upload_target(
        storage.incoming(file.pk), size=size, until=file.expires_at
    )
    return Upload(file, target)


def receive_upload(*, token: str, length: int | None, source: Source) -> None:
    """Take the bytes of the local store's upload address; the token is the whole right.

    Raises `LinkExpired`, `LinkTampered`, `SizeDiffers` where there are more or fewer bytes than
    declared, and `StorageFull`; nothing of them is kept then.
    """
    upload = links.read_upload(token)
    if length != upload.size:
        raise contents.size_differs(length or 0, upload.size)
    try:
        storage.current().save(upload.key, contents.Exactly(source, upload.size))
    except OSError as failure:
        if failure.errno not in FULL:
            raise
        logger.exception("The store of files is full.")
        raise errors.StorageFull from failure


def finish_upload(*, actor: Actor, file: File) -> File:
    """Look at the bytes that have arrived and make the file ready; safe to repeat.

    Size, SHA-256 and type are found out here, from the bytes. Where uploads are scanned, the file
    is ready only once the background has done that (`scanning.scan_upload`); a repeat asks again
    for what was given up. What cannot be accepted raises its
    refusal (`REFUSALS`), now and each time later, and its bytes are removed. Raises `NotArrived`
    and `UploadExpired` where there is nothing to look at, `UnknownFile` for another's upload.
    """
    require(actor, Permission.UPLOAD_FILE)
    with transaction.atomic():
        file = File.objects.select_for_update().get(pk=file.pk)
        if file.uploaded_by_id != _person(actor):
            raise errors.UnknownFile
        if file.state == File.State.WAITING:
            _settle(actor, file)
        elif file.state == File.State.CHECKING:
            ask_for_scan(file)
    if file.state == File.State.REFUSED:
        storage.current().delete(file.key)
        raise_refusal(file)
    return file


def raise_refusal(file: File) -> None:
    """Raise why the file was not accepted, where it was not."""
    if file.state == File.State.REFUSED:
        raise REFUSALS[file.refusal_code](file.refusal)


def _settle(actor: Actor, file: File) -> None:
    """Move the bytes where no upload address reaches them, then examine those."""
    store = storage.current()
    store.move(storage.incoming(file.pk), file.key)
    try:
        with store.local_path(file.key) as path:
            contents.examine(file, path)
    except Missing as error:
        late = file.expires_at is not None and file.expires_at < timezone.now()
        raise (errors.UploadExpired if late else errors.NotArrived)(name=file.name) from error
    except Invalid as refusal:
        file.state = File.State.REFUSED
        file.refusal_code, file.refusal = refusal.code, str(refusal)
    else:
        file.state, file.ready_at = File.State.READY, timezone.now()
        if settings.CLAMD:
            file.state = File.State.CHECKING
            after_commit("files.scan_upload", str(file.pk))
        audit.record(
            actor=actor,
            deed=Deed.FINISH_UPLOAD,
            right=Permission.UPLOAD_FILE,
            target=file,
            after={"name": file.name, "size": file.size, "sha256": file.sha256},
        )
    file.save()


@transaction.atomic
def claim(*, actor: Actor, files: Sequence[UUID]) -> list[File]:
    """Take over the person's own uploads for a module, in the order given; each only once.

    A claimed file stays until `discard`. Raises `UnknownFile` (also for another person's),
    `FileNotReady`, `FileAlreadyUsed`; then none is taken.
    """
    wanted = list(dict.fromkeys(files))
    if not wanted:
        return []
    require(actor, Permission.UPLOAD_FILE)
    locked = File.objects.select_for_update().order_by("pk")
    found = {file.pk: file for file in locked.filter(pk__in=wanted, uploaded_by=_person(actor))}
    now = timezone.now()
    for file_id in wanted:
        if file_id not in found:
            raise errors.UnknownFile
        file = found[file_id]
        if file.state == File.State.CHECKING:
            raise errors.FileBeingChecked(name=file.name)
        if file.state != File.State.READY:
            raise errors.FileNotReady(name=file.name)
        if file.claimed_at is not None:
            raise errors.FileAlreadyUsed(name=file.name)
        file.claimed_at = now
    File.objects.filter(pk__in=wanted).update(claimed_at=now, updated_at=now)
    return [found[file_id] for file_id in wanted]


def _person(actor: Actor) -> UUID:
    """Whose upload it is; a stranger and the platform itself have none."""
    if actor.pk is None:
        raise Forbidden
    return actor.pk
