"""What everybody in a call has to know of: its publication, each change of it, its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from modules.applications.deeds import Deed
from modules.applications.errors import (
    CallFinished,
    CallIncomplete,
    CallNotClosed,
    CallNotPublished,
    CallStillTaking,
    CallUnsettled,
    NothingChanged,
)
from modules.applications.models import Application, Call, CallEdition
from modules.applications.models.rules import written
from modules.applications.permissions import Permission
from modules.applications.selectors import (
    changes_of,
    changes_told_to_units,
    missing_in,
    rules_of,
)
from modules.applications.services import committees
from modules.applications.services.drafting import locked
from modules.directory import selectors as directory
from modules.messaging import services as messaging
from opium.permissions import Actor, require
from opium.polish import format_second
from procedures.selectors import newest_or_none

if TYPE_CHECKING:
    from accounts.models import Person
    from modules.messaging.models import Message


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the units are written, in the press that publishes."""

    subject: str
    body: str


@transaction.atomic
def publish_call(
    *, actor: Actor, call: Call, announcement: Announcement | None = None, reason: str = ""
) -> Call:
    """Let the rules hold from now on, as an edition that never changes.

    The first one pins the procedure's revision, and is announced to the units that may apply where
    `announcement` is given. Each later one is told to everybody who may apply, might until now or
    has applied, with what it changes, whatever is given. A trial call writes to nobody.
    The message is the actor's own and leaves with this transaction, or waits for its acceptance.
    The committees sit as the rules say from then on, and their people are told what they are in
    them. Raises `CallIncomplete`, `CallFinished`, `NothingChanged`, and the refusals of
    `messaging.services.send_message`.
    """
    require(actor, Permission.MANAGE_CALLS, call)
    call = locked(call)
    if call.state not in {Call.State.DRAFT, Call.State.PUBLISHED}:
        raise CallFinished(title=call.title)
    if errors := missing_in(call):
        raise CallIncomplete(errors=errors)
    before, now = call.edition, timezone.now()
    call.rules = written(committees.dated(rules_of(call), now))
    changes = changes_of(call)
    if before is not None and not changes:
        raise NothingChanged
    message = None
    if not call.is_test:
        message = _told(cast("Person", actor), call, announcement, reason)
    edition = CallEdition(differences=changes, reason=reason.strip(), message=message)
    edition.published_at, edition.published_by_id = now, actor.pk
    _hold(call, edition)
    committees.follow(call, before, by=actor)
    audit.record(
        actor=actor,
        deed=Deed.PUBLISH_CALL,
        right=Permission.MANAGE_CALLS,
        target=call,
        before={"edition": before.number} if before is not None else None,
        after={
            "edition": edition.number,
            "changes": changes,
            "reason": edition.reason,
            "message": message.pk if message is not None else None,
        },
    )
    return call


def _hold(call: Call, edition: CallEdition) -> None:
    """Let the rules hold as the next edition; the first one pins the procedure's revision."""
    edition.call, edition.title, edition.rules = call, call.title, call.rules
    edition.number = 1 if call.edition is None else call.edition.number + 1
    edition.save(force_insert=True)
    call.edition = edition
    call.revision = call.revision or newest_or_none(call.procedure)
    call.state = Call.State.PUBLISHED
    call.save()


def _told(
    actor: "Person", call: Call, announcement: Announcement | None, reason: str
) -> "Message | None":
    """Write to whom it concerns; None where a first edition is not to be announced.

    Nor is anybody written to where only committees have changed: their members are told apart.
    """
    rules, changes = rules_of(call), changes_told_to_units(call)
    if call.edition is not None and not changes:
        return None
    if call.edition is None:
        if announcement is None:
            return None
        return _written(actor, announcement, directory.units_addressed(**rules.audience), ())
    lines = [f"Zmieniły się zasady naboru „{call.title}”:", *(f"– {one}" for one in changes)]
    if reason.strip():
        lines += ["", f"Powód: {reason.strip()}"]
    if announcement is not None and announcement.body.strip():
        lines += ["", announcement.body.strip()]
    subject = announcement.subject if announcement is not None else ""
    written = Announcement(subject or f"Zmiana w naborze „{call.title}”"[:200], "\n".join(lines))
    applied = Application.objects.filter(call=call)
    concerned = directory.units_addressed(**rules.audience) | directory.units_addressed(
        units=list(applied.exclude(unit=None).values_list("unit", flat=True).distinct())
    )
    concerned |= directory.units_addressed(**call.edition.said.audience)
    people = list(applied.exclude(applicant=None).values_list("applicant", flat=True).distinct())
    return _written(actor, written, concerned.distinct(), people)


def _written(
    actor: "Person", announcement: Announcement, units: Iterable[object], people: Iterable[UUID]
) -> "Message":
    message = messaging.write_draft(
        actor=actor,
        content={
            "subject": announcement.subject,
            "body": announcement.body,
            "audience": {
                "units": [cast("UUID", getattr(one, "pk", one)) for one in units],
                "people": list(people),
            },
        },
    )
    return messaging.send_message(actor=actor, message=message)


@transaction.atomic
def close_call(*, actor: Actor, call: Call) -> Call:
    """Say that the call is over, once nobody can hand anything in any more.

    To end it earlier its dates are changed and published. Raises `CallNotPublished`,
    `CallStillTaking`.
    """
    require(actor, Permission.MANAGE_CALLS, call)
    call = locked(call)
    if call.state != Call.State.PUBLISHED or call.edition is None:
        raise CallNotPublished(title=call.title)
    last, now = call.edition.said.last_closing, timezone.now()
    if not call.is_test and last is not None and now < last:
        raise CallStillTaking(title=call.title, until=format_second(last))
    call.state, call.closed_at = Call.State.CLOSED, now
    call.save()
    audit.record(
        actor=actor,
        deed=Deed.CLOSE_CALL,
        right=Permission.MANAGE_CALLS,
        target=call,
        before={"state": "published"},
        after={"state": "closed"},
    )
    return call


@transaction.atomic
def settle_call(*, actor: Actor, call: Call) -> Call:
    """Say that everything in the call is settled. Raises `CallNotClosed`, `CallUnsettled`."""
    require(actor, Permission.MANAGE_CALLS, call)
    call = locked(call)
    if call.state != Call.State.CLOSED:
        raise CallNotClosed(title=call.title)
    running = Application.objects.filter(call=call, case__state="open").count()
    if running:
        raise CallUnsettled(title=call.title, open=running)
    call.state, call.settled_at = Call.State.SETTLED, timezone.now()
    call.save()
    audit.record(
        actor=actor,
        deed=Deed.SETTLE_CALL,
        right=Permission.MANAGE_CALLS,
        target=call,
        before={"state": "closed"},
        after={"state": "settled"},
    )
    return call
