"""Publishing a form, and what happens to the sheets in flight: stay, move, move and ask."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, cast

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from forms import selectors
from forms.deeds import Deed
from forms.definition import read
from forms.differences import compare
from forms.errors import FormChangedMeanwhile, FormFaulty, NothingToPublish, UnknownMove
from forms.models import Form, FormRevision
from forms.permissions import Permission
from forms.services.drafting import locked_form
from forms.services.entrusted import move_sheets
from opium.errors import FieldError
from opium.permissions import Actor, require

if TYPE_CHECKING:
    from accounts.models import Person

Choice = Literal["stay", "move", "move_and_ask"]


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of the sheets in this state (`draft`, `submitted`) on this revision."""

    revision: int
    state: str
    choice: Choice


@dataclass(frozen=True, slots=True)
class Published:
    """The new revision, how many sheets moved to it, and how many of them are asked."""

    revision: FormRevision
    moved: int
    asked: int


@transaction.atomic
def publish_form(
    *,
    actor: Actor,
    form: Form,
    moves: Sequence[Move] = (),
    draft_version: int | None = None,
) -> Published:
    """Freeze the draft as the next revision and move the groups of sheets that the author chose.

    Groups that are not named stay where they are. Everything happens in one transaction under a
    lock of the form and of each sheet, so an autosave comes either before the move, and is
    carried over, or after it, and is refused with `SheetMovedMeanwhile`. Raises `FormFaulty` with
    every place, `NothingToPublish`, `FormChangedMeanwhile` where the draft is no longer
    `draft_version`, `UnknownMove`, `FormArchived`.
    """
    require(actor, Permission.MANAGE_FORMS, form)
    form = locked_form(form)
    if draft_version not in (None, form.draft_version):
        raise FormChangedMeanwhile
    revision = _freeze(actor, form)
    moved = asked = 0
    for move in moves:
        old = _revision_to_leave(form, move, revision)
        if move.choice != "stay":
            count = move_sheets(
                actor=actor,
                old=old,
                new=revision,
                state=move.state,
                is_asking=move.choice == "move_and_ask",
            )
            moved, asked = moved + count.moved, asked + count.asked
    audit.record(
        actor=actor,
        deed=Deed.PUBLISH_FORM,
        right=Permission.MANAGE_FORMS,
        target=form,
        after={"revision": revision.number, "moved": moved, "asked": asked}
        | {"moves": [asdict(move) for move in moves]},
    )
    return Published(revision, moved, asked)


def _freeze(actor: Actor, form: Form) -> FormRevision:
    problems = selectors.problems_of(form.draft)
    if problems:
        raise FormFaulty(
            errors=[FieldError(one.path, f"{one.where}: {one.sentence}") for one in problems]
        )
    previous = selectors.newest_or_none(form)
    if previous is not None and previous.definition == form.draft:
        raise NothingToPublish
    changes = (
        compare(selectors.definition_of(previous), read(form.draft)) if previous is not None else []
    )
    return FormRevision.objects.create(
        form=form,
        number=previous.number + 1 if previous is not None else 1,
        definition=form.draft,
        differences=[asdict(change) for change in changes],
        published_at=timezone.now(),
        published_by=cast("Person", actor) if actor.pk is not None else None,
    )


def _revision_to_leave(form: Form, move: Move, new: FormRevision) -> FormRevision:
    found = FormRevision.objects.filter(form=form, number=move.revision).first()
    if found is None or found == new or move.state not in selectors.IN_FLIGHT:
        raise UnknownMove
    return found
