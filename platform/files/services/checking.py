"""Scanning an upload for malware in the background, before anybody may read it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from files import errors, scanning, storage
from files.deeds import Deed
from files.errors import ScannerSilent
from files.models import File
from files.storage import Missing
from opium.errors import DomainError, Invalid
from opium.permissions import SYSTEM
from outbox.services import after_commit

GIVEN_UP = "scan_given_up"


def ask_for_scan(file: File) -> None:
    """Ask once more for a scan that was given up; within the transaction that holds the file."""
    if file.refusal_code == GIVEN_UP:
        file.refusal_code = file.refusal = ""
        file.save(update_fields=["refusal_code", "refusal", "updated_at"])
        after_commit("files.scan_upload", str(file.pk))


def scan_upload(*, file_id: UUID) -> None:
    """Have clamd read a file that waits for it, outside of any transaction; safe to run twice.

    Raises `ScannerSilent` and `FileLost`, so that the background tries again; meanwhile the file
    says what holds it up.
    """
    file = File.objects.filter(pk=file_id, state=File.State.CHECKING).first()
    if file is None:
        return
    try:
        with storage.current().local_path(file.key) as path:
            scanning.scan(path, name=file.name)
    except Missing as lost:
        raise errors.FileLost(name=file.name) from lost
    except ScannerSilent as silence:
        _note(file.pk, silence)
        raise
    except Invalid as refusal:
        if _end(file.pk, refusal):
            storage.current().delete(file.key)
    else:
        _end(file.pk, None)


def hold_up(*, file_id: UUID, sentence: str) -> str:
    """Say of a file why the background has given up its scan; its name."""
    file = File.objects.filter(pk=file_id).first()
    if file is not None and file.state == File.State.CHECKING:
        waiting = File.objects.filter(pk=file_id, state=File.State.CHECKING)
        waiting.update(refusal_code=GIVEN_UP, refusal=sentence, updated_at=timezone.now())
    return str(file or "")


def _note(file_id: UUID, silence: DomainError) -> None:
    waiting = File.objects.filter(pk=file_id, state=File.State.CHECKING)
    waiting.update(refusal_code=silence.code, refusal=str(silence), updated_at=timezone.now())


@transaction.atomic
def _end(file_id: UUID, refusal: Invalid | None) -> bool:
    """Whether the file still waited; then it is ready or refused, on record."""
    found = File.objects.select_for_update().filter(pk=file_id, state=File.State.CHECKING)
    file = found.first()
    if file is None:
        return False
    file.state = File.State.REFUSED if refusal else File.State.READY
    file.refusal_code = refusal.code if refusal else ""
    file.refusal = str(refusal) if refusal else ""
    file.ready_at = None if refusal else timezone.now()
    file.save()
    audit.record(
        actor=SYSTEM,
        deed=Deed.SCAN_UPLOAD,
        right=None,
        target=file,
        after={"state": file.state, "refusal": file.refusal},
    )
    return True
