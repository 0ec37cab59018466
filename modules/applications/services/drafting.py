"""Working on a call: its draft, a copy of last year's, and throwing a draft away."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from django.db import transaction

from accounts.scopes import Spot
from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.errors import CallFinished, CallNotDraft, ProcedureFixed, YearFixed
from modules.applications.models import Call
from modules.applications.models.changing import differences, moved
from modules.applications.models.rules import read, written
from modules.applications.permissions import Permission
from modules.applications.services import committees
from opium.permissions import Actor, require

if TYPE_CHECKING:
    from procedures.models import Procedure


class CallContent(TypedDict, total=False):
    """The parts of a call; a part that is not named stays as it is."""

    title: str
    year: int
    procedure: "Procedure"
    is_test: bool
    rules: Mapping[str, Any]
    """As `models.rules` reads it."""


@transaction.atomic
def draft_call(
    *, actor: Actor, procedure: "Procedure", title: str, year: int, is_test: bool = False
) -> Call:
    """Begin a call that nobody but whoever runs calls sees."""
    require(actor, Permission.MANAGE_CALLS, Spot(kind_id=procedure.pk))
    call = Call.objects.create(
        procedure=procedure,
        title=title.strip(),
        year=year,
        is_test=is_test,
        made_by_id=actor.pk,
        rules=written(read({})),
    )
    audit.record(
        actor=actor,
        deed=Deed.DRAFT_CALL,
        right=Permission.MANAGE_CALLS,
        target=call,
        after={"title": call.title, "year": year, "procedure": procedure.pk},
    )
    return call


@transaction.atomic
def change_call(*, actor: Actor, call: Call, content: CallContent) -> Call:
    """Change what is being worked on; of a published call nothing holds before it is published.

    Raises `CallFinished`, `ProcedureFixed`, `YearFixed`.
    """
    require(actor, Permission.MANAGE_CALLS, call)
    call = locked(call)
    if call.state not in {Call.State.DRAFT, Call.State.PUBLISHED}:
        raise CallFinished(title=call.title)
    procedure = content.get("procedure", call.procedure)
    if procedure != call.procedure:
        if call.state != Call.State.DRAFT:
            raise ProcedureFixed(title=call.title)
        require(actor, Permission.MANAGE_CALLS, Spot(kind_id=procedure.pk))
    year = content.get("year", call.year)
    if year != call.year and call.state != Call.State.DRAFT:
        raise YearFixed(title=call.title, year=call.year)
    before = {"title": call.title, "year": call.year}
    rules = read(call.rules)
    call.procedure = procedure
    call.title = content.get("title", call.title).strip()
    call.year = year
    if call.state == Call.State.DRAFT:
        call.is_test = content.get("is_test", call.is_test)
    if "rules" in content:
        call.rules = written(committees.settled(read(content["rules"]), call.edition))
    call.save()
    after = {"title": call.title, "year": call.year}
    changed = [name for name, value in after.items() if value != before[name]]
    audit.record(
        actor=actor,
        deed=Deed.CHANGE_CALL,
        right=Permission.MANAGE_CALLS,
        target=call,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed}
        | {"changes": differences(rules, read(call.rules))},
    )
    return call


@transaction.atomic
def copy_call(*, actor: Actor, call: Call, year: int | None = None) -> Call:
    """A draft with the same rules for another year, the next one by default.

    Each moment is moved by so many years, to a working day at the same hour.
    """
    require(actor, Permission.MANAGE_CALLS, call)
    wanted = call.year + 1 if year is None else year
    title = call.title.replace(str(call.year), str(wanted))
    made = Call.objects.create(
        procedure=call.procedure,
        title=title,
        year=wanted,
        is_test=call.is_test,
        made_by_id=actor.pk,
        copied_from=call,
        rules=moved(call.rules, wanted - call.year),
    )
    audit.record(
        actor=actor,
        deed=Deed.COPY_CALL,
        right=Permission.MANAGE_CALLS,
        target=made,
        after={"title": title, "year": wanted, "copied_from": call.pk},
    )
    return made


@transaction.atomic
def discard_call(*, actor: Actor, call: Call) -> None:
    """Throw a draft away; nothing has come in by it yet. Raises `CallNotDraft`."""
    require(actor, Permission.MANAGE_CALLS, call)
    call = locked(call)
    if call.state != Call.State.DRAFT:
        raise CallNotDraft(title=call.title)
    audit.record(
        actor=actor,
        deed=Deed.DISCARD_CALL,
        right=Permission.MANAGE_CALLS,
        target=call,
        before={"title": call.title, "year": call.year},
    )
    call.delete()


def locked(call: Call) -> Call:
    """The call as it stands now, with its procedure and edition, held until this ends."""
    whole = Call.objects.select_related("procedure", "edition", "revision")
    return whole.select_for_update(of=("self",)).get(pk=call.pk)
