"""Reading what came from outside: in the background alone, one job for each file and purpose."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from files import errors, selectors, storage
from files.contents import check_storable
from files.models import File, FileReading
from files.permissions import Permission
from files.registry import PURPOSES, Source
from files.removing import discard
from files.storage import Missing
from opium.errors import DomainError, NotFound
from opium.permissions import Actor, require
from outbox.services import after_commit

GIVEN_UP = "reading_given_up"
_State = FileReading.State
_BEFORE = (_State.WAITING, _State.RUNNING)


@transaction.atomic
def begin_reading(*, actor: Actor, file_id: UUID, purpose: str, about: str = "") -> FileReading:
    """Have one of the actor's own uploads read for a purpose; asked again, the first reading.

    The file stays nobody's until the deed that takes the outcome over claims it. What the actor
    had read before for the same purpose and matter, and no deed has taken, is let go. Raises
    `UnknownPurpose`, `UnknownSubject`, what the purpose refuses, `UnknownFile`, `FileNotReady`,
    `FileAlreadyUsed`.
    """
    require(actor, Permission.UPLOAD_FILE)
    wanted = PURPOSES.get(purpose)
    if wanted is None or wanted.ask is None:
        raise errors.UnknownPurpose(purpose=purpose)
    if not wanted.knows(about):
        raise errors.UnknownSubject(about=about)
    wanted.ask(actor, about)
    file = selectors.upload_of(actor, file_id)
    if file.claimed_at is not None:
        raise errors.FileAlreadyUsed(name=file.name)
    _let_go_of_older(file, purpose, about)
    return _begun(file, purpose, about)


@transaction.atomic
def read_kept(*, file: File, purpose: str) -> FileReading:
    """Have a file read that a module keeps; ask for rights before. Asked again, the first reading.

    One that failed for no fault of the file is tried once more.
    """
    reading = _begun(file, purpose, "")
    if reading.state == _State.FAILED and reading.may_help_again:
        _begin_again(reading)
    return reading


@transaction.atomic
def read_again(*, actor: Actor, reading: FileReading) -> FileReading:
    """Have a failed reading tried once more; one that has not failed goes on as it is.

    Raises `NotFound` for another's.
    """
    reading = _own(actor, reading)
    if reading.state == _State.FAILED:
        _begin_again(reading)
    return reading


@transaction.atomic
def forget_reading(*, actor: Actor, reading: FileReading) -> None:
    """Let go of what was read and of its file, which no module has taken.

    Raises `NotFound` for another's, `FileAlreadyUsed`.
    """
    reading = _own(actor, reading)
    file = File.objects.select_for_update().get(pk=reading.file_id)
    if file.claimed_at is not None:
        raise errors.FileAlreadyUsed(name=file.name)
    discard(file=file)


def run_reading(*, reading_id: UUID) -> None:
    """Read what `begin_reading` asked for, outside of any transaction; safe to run twice.

    What is gone by now is read no more. A refusal ends the reading with its sentence.
    """
    started = FileReading.objects.filter(pk=reading_id, state__in=_BEFORE)
    if not started.update(state=_State.RUNNING):
        return
    reading = FileReading.objects.select_related("file").get(pk=reading_id)
    try:
        outcome = _read(reading)
    except DomainError as refusal:
        fields = [{"field": one.field, "detail": one.detail} for one in refusal.errors]
        _change(reading, _State.FAILED, refusal.code, str(refusal), fields)
    else:
        reading.outcome = outcome
        _change(reading, _State.DONE)


@transaction.atomic
def fail_reading(*, reading_id: UUID, sentence: str) -> str:
    """Mark a reading that the background gave up, with the sentence why; the reading's name."""
    found = FileReading.objects.select_for_update(of=("self",)).select_related("file")
    reading = found.filter(pk=reading_id).first()
    if reading is None:
        return ""
    if not reading.is_over:
        _change(reading, _State.FAILED, GIVEN_UP, f"Nie udało się odczytać pliku. {sentence}")
    return str(reading)


def _let_go_of_older(file: File, purpose: str, about: str) -> None:
    """A newer file takes the place of those chosen before it; they were for nothing else."""
    asked_before = FileReading.objects.filter(
        purpose=purpose, about=about, file__uploaded_by=file.uploaded_by_id, file__claimed_at=None
    ).exclude(file=file)
    # The readings first, as `forget_reading` does, so that the two never wait for each other.
    older = {one.file_id for one in asked_before.select_for_update(of=("self",))}
    if not older:
        return
    for one in File.objects.select_for_update().filter(pk__in=older, claimed_at=None):
        asked_before.filter(file=one).delete()
        if not one.readings.exists():
            discard(file=one)


def _begun(file: File, purpose: str, about: str) -> FileReading:
    reading, is_new = FileReading.objects.get_or_create(file=file, purpose=purpose, about=about)
    if is_new:
        after_commit("files.read_upload", str(reading.pk))
    return reading


def _begin_again(reading: FileReading) -> None:
    _change(reading, _State.WAITING)
    after_commit("files.read_upload", str(reading.pk))


def _read(reading: FileReading) -> dict[str, Any]:
    file = reading.file
    purpose = PURPOSES.get(reading.purpose)
    if purpose is None:
        raise errors.UnknownPurpose(purpose=reading.purpose)
    try:
        with storage.current().local_path(file.key) as path:
            outcome = purpose.read(Source(file.name, path, reading.about))
    except Missing as lost:
        raise errors.FileLost(name=file.name) from lost
    check_storable(file.name, outcome)
    return outcome


def _own(actor: Actor, reading: FileReading) -> FileReading:
    locked = selectors.readings_of(actor).select_for_update(of=("self",)).filter(pk=reading.pk)
    found = locked.first()
    if found is None:
        raise NotFound
    return found


def _change(
    reading: FileReading,
    state: FileReading.State,
    code: str = "",
    sentence: str = "",
    fields: list[dict[str, str]] | None = None,
) -> None:
    reading.state, reading.failure_code, reading.failure = state, code, sentence
    reading.faults = fields or []
    reading.finished_at = timezone.now() if reading.is_over else None
    changed = ["state", "failure_code", "failure", "faults", "finished_at"]
    if reading.state == _State.DONE:
        changed.append("outcome")
    values = {name: getattr(reading, name) for name in changed}
    # An update, for somebody may have let go of it while it was read.
    FileReading.objects.filter(pk=reading.pk).update(**values, updated_at=timezone.now())
