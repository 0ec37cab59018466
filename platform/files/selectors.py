"""Questions about files."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from files import errors
from files.models import File, FileMaking, FileReading
from files.permissions import Permission
from files.registry import MAKINGS
from opium.errors import FieldError, NotFound
from opium.permissions import Actor, require

UPLOAD_LIFETIME = timedelta(hours=2)
"""Enough for 500 MB over 1 Mbit/s and a coffee."""
GRACE = timedelta(days=1)
"""How long bytes that nobody may want are kept; longer than any transaction lasts."""
KEPT_INCOMING = UPLOAD_LIFETIME + GRACE
"""How old bytes are that nobody finishes."""
UNCLAIMED = timedelta(days=7)
"""How long a ready file waits for a module to take it, and with it what was read of it."""
KEPT_MAKING = timedelta(days=1)
"""How long what was made for somebody waits for them."""
KEPT_READING = timedelta(days=30)
"""How long what was read of a file stays that a module keeps."""


def uploads_of(actor: Actor) -> QuerySet[File]:
    """What this person has sent; nobody sees another's upload before a module gives it out.

    Raises `MissingPermission` for a key that does not name it.
    """
    require(actor, Permission.UPLOAD_FILE)
    return File.objects.filter(uploaded_by=actor.pk, expires_at__isnull=False)


def ready_files() -> QuerySet[File]:
    """Every file of the current city whose bytes lie in the store; equal contents together."""
    return File.objects.filter(state=File.State.READY).order_by("sha256")


def kept() -> tuple[int, int]:
    """How many files the current city keeps, and their bytes."""
    found = File.objects.filter(state=File.State.READY).aggregate(Count("pk"), size=Sum("size"))
    return found["pk__count"], found["size"] or 0


def noted(*, key: str, name: str, size: int, sha256: str) -> File:
    """A file as somebody noted it down, whether or not its row still stands."""
    return File(key=key, name=name, size=size, sha256=sha256)


def upload_of(actor: Actor, file_id: UUID) -> File:
    """One of this person's own uploads, arrived and looked at.

    Raises `UnknownFile`, also for another person's, `FileBeingChecked` and `FileNotReady`.
    """
    file = uploads_of(actor).filter(pk=file_id).first()
    if file is None:
        raise errors.UnknownFile
    if file.state == File.State.CHECKING:
        raise errors.FileBeingChecked(name=file.name)
    if file.state != File.State.READY:
        raise errors.FileNotReady(name=file.name)
    return file


def files_by_id(ids: Collection[UUID]) -> dict[UUID, File]:
    """Those that are ready; it decides nothing about rights: the caller has asked."""
    found = File.objects.filter(pk__in=ids, state=File.State.READY)
    return {file.pk: file for file in found}


def readings_of(actor: Actor) -> QuerySet[FileReading]:
    """What is read, or was, of this person's own uploads; the newest first.

    Without their outcomes, each of which may be large: `outcome_of` has one.
    """
    require(actor, Permission.UPLOAD_FILE)
    readings = FileReading.objects.filter(file__uploaded_by=actor.pk)
    return readings.select_related("file").defer("outcome").order_by("-pk")


def waiting_readings(actor: Actor, **sought: str) -> QuerySet[FileReading]:
    """Of the person's readings those whose file no module has taken yet; of each matter the newest.

    Of one `purpose` and `about` one thing, where these are given.
    """
    newer = FileReading.objects.filter(
        file__uploaded_by=actor.pk,
        purpose=OuterRef("purpose"),
        about=OuterRef("about"),
        created_at__gt=OuterRef("created_at"),
    )
    return readings_of(actor).filter(~Exists(newer), file__claimed_at=None, **sought)


def outcome_of(actor: Actor, file_id: UUID, *, purpose: str, about: str = "") -> dict[str, Any]:
    """What was read of one of the person's own uploads.

    Raises `UnknownFile` (also for another's), `FileNotRead` until it is, and `ReadingRefused`.
    """
    file = uploads_of(actor).filter(pk=file_id).first()
    if file is None:
        raise errors.UnknownFile
    reading = FileReading.objects.filter(file=file, purpose=purpose, about=about).first()
    if reading is None or not reading.is_over:
        raise errors.FileNotRead(name=file.name)
    if reading.state == FileReading.State.FAILED:
        fields = [FieldError(one["field"], one["detail"]) for one in reading.faults]
        raise errors.ReadingRefused(reading.failure, errors=fields)
    outcome: dict[str, Any] = reading.outcome
    return outcome


def reading_of(file: File, *, purpose: str, about: str) -> FileReading | None:
    """How reading a file went that its module has; None where nobody had it read for just this."""
    return FileReading.objects.filter(file=file, purpose=purpose, about=about).first()


def makings_of(actor: Actor) -> QuerySet[FileMaking]:
    """What is made in the background for this person, or was; without what it is made of."""
    require(actor, Permission.COLLECT_MADE)
    makings = FileMaking.objects.filter(asked_by=actor.pk)
    return makings.select_related("file").defer("told").order_by("-pk")


def require_still(actor: Actor, making: FileMaking) -> None:
    """Raise what keeps the actor by now from what was made for them, as when it was asked for."""
    require(actor, Permission.COLLECT_MADE)
    if (way := MAKINGS.get(making.purpose)) is None:
        raise NotFound
    way.ask(actor, making.about)


def forgotten_makings(now: datetime) -> QuerySet[FileMaking]:
    """What was made and waits for nobody any longer."""
    return FileMaking.objects.filter(created_at__lt=now - KEPT_MAKING)


def abandoned(now: datetime) -> QuerySet[File]:
    """What nobody waits for any longer, oldest first."""
    return File.objects.filter(
        Q(expires_at__lt=now - GRACE) & ~Q(state=File.State.READY)
        | Q(state=File.State.READY, ready_at__lt=now - UNCLAIMED),
        claimed_at=None,
    ).order_by("created_at")
