"""Making what somebody asked for, such as a print: in the background alone, for that person."""

from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from audit import services as audit
from files import errors, selectors
from files.contents import check_storable
from files.deeds import Deed
from files.models import File, FileMaking
from files.permissions import Permission
from files.registry import MAKINGS, Made
from files.removing import let_go_of_made
from files.services.keeping import store
from opium import scratch
from opium.errors import DomainError, NotFound
from opium.permissions import Actor, require
from outbox.services import after_commit

_State = FileMaking.State
_BEFORE = (_State.WAITING, _State.RUNNING)


@transaction.atomic
def begin_making(
    *, actor: Actor, purpose: str, about: str, name: str, told: dict[str, Any]
) -> FileMaking:
    """Have something made for the actor out of what is told; ask for the right to that before.

    What was made for them of the same before, or still is, is let go. `told` is plain JSON.
    """
    require(actor, Permission.COLLECT_MADE)
    older = FileMaking.objects.filter(asked_by=actor.pk, purpose=purpose, about=about)
    for one in older.select_for_update(of=("self",)).select_related("file"):
        let_go_of_made(one)
    making = FileMaking.objects.create(
        asked_by_id=cast("UUID", actor.pk), purpose=purpose, about=about, name=name, told=told
    )
    way = MAKINGS.get(purpose)
    is_long = way is not None and way.pack is not None
    after_commit("files.pack" if is_long else "files.make", str(making.pk))
    return making


@transaction.atomic
def forget_makings(*, purpose: str, owners: Collection[UUID]) -> None:
    """Let go what was made, or is to be, of what is no more; `about` begins with its id."""
    for pk in owners:
        found = FileMaking.objects.filter(purpose=purpose, about__startswith=f"{pk}/")
        for one in found.select_for_update(of=("self",)).select_related("file"):
            let_go_of_made(one)


def run_making(*, making_id: UUID) -> None:
    """Make what `begin_making` asked for, outside of any transaction; safe to run twice.

    A refusal ends it with its sentence. What nobody waits for any longer is thrown away.
    """
    if not FileMaking.objects.filter(pk=making_id, state__in=_BEFORE).update(state=_State.RUNNING):
        return
    making = FileMaking.objects.filter(pk=making_id).first()
    if making is None:
        return
    try:
        with scratch.room() as folder:
            made = _made(making, folder)
            with transaction.atomic():
                if (locked := _running(making)) is not None:
                    _keep(locked, made)
    except DomainError as refusal:
        with transaction.atomic():
            if (locked := _running(making)) is not None:
                _change(locked, state=_State.FAILED, failure=str(refusal), told={})


@transaction.atomic
def fail_making(*, making_id: UUID, sentence: str) -> str:
    """Mark what the background gave up, with the sentence why; its name."""
    making = FileMaking.objects.select_for_update(of=("self",)).filter(pk=making_id).first()
    if making is None:
        return ""
    if not making.is_over:
        told = f"Nie udało się przygotować pliku „{making.name}”. {sentence}"
        _change(making, state=_State.FAILED, failure=told, told={})
    return str(making)


@transaction.atomic
def download_making(*, actor: Actor, making: FileMaking) -> File:
    """The file that was made, to be given out; on record.

    Raises `NotFound` for another's, `NotMadeYet`, and what keeps the actor from it by now.
    """
    require(actor, Permission.COLLECT_MADE)
    if making.asked_by_id != actor.pk:
        raise NotFound
    selectors.require_still(actor, making)
    if making.file is None:
        raise errors.NotMadeYet(name=making.name)
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_MAKING,
        right=Permission.COLLECT_MADE,
        target=making,
        after={"name": making.name, "sha256": making.file.sha256},
    )
    return making.file


def _made(making: FileMaking, folder: Path) -> Made:
    way = MAKINGS.get(making.purpose)
    if way is not None and way.pack is not None:
        path = folder / "packed"
        with path.open("wb") as target:
            for piece in way.pack(making.told):
                target.write(piece)
        return Made(content=path)
    if way is None or way.make is None:
        raise errors.UnknownPurpose(purpose=making.purpose)
    made = way.make(making.told)
    check_storable(making.name, list(made.lines))
    return made


def _running(making: FileMaking) -> FileMaking | None:
    """The row, locked, while somebody waits for it."""
    running = FileMaking.objects.filter(pk=making.pk, state=_State.RUNNING)
    return running.select_for_update(of=("self",)).select_related("asked_by").first()


def _keep(making: FileMaking, made: Made) -> None:
    file = None
    if made.content is not None:
        asker = cast("Actor", making.asked_by)
        content = made.content
        with BytesIO(content) if isinstance(content, bytes) else content.open("rb") as source:
            file = store(actor=asker, name=making.name, content=source)
    _change(making, state=_State.DONE, lines=list(made.lines), file=file, told={})


def _change(making: FileMaking, **values: Any) -> None:
    for name, value in values.items():
        setattr(making, name, value)
    making.save(update_fields=[*values, "updated_at"])
