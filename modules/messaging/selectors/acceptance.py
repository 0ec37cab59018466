"""Questions about the acceptance of messages."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from accounts import selectors as accounts
from modules.messaging.models import AcceptanceRule, Attachment, Message
from modules.messaging.permissions import Permission
from opium.errors import NotFound
from opium.permissions import Actor, require
from procedures.desk import Desk
from procedures.selectors.actions import buttons
from procedures.selectors.case_list import cases_visible_to, stories_of
from procedures.selectors.subjects import cases_about, last_refusal
from units.selectors import short_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from files.models import File
    from procedures.models import Case, Event
    from procedures.selectors.actions import Button

SUBJECT = "messaging.message"
OUTCOMES = {"approved": "accept", "returned": "return"}
NAMES_SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A message as it waits (or waited) for acceptance, for one person who looks at it."""

    message: Message
    case: "Case"
    units: list[str]
    """Short names of the units that it goes to, in Polish order, at most `NAMES_SHOWN`."""
    people: list[str]
    unit_count: int
    person_count: int
    steps: "list[Event]"
    can: list[str]
    """`accept`, `return`: what the person may do now."""
    sends: bool
    """Whether the message leaves as soon as this person accepts it."""
    blocked: str
    """Why they may not, though their function has to; "" where nothing stands in the way."""

    @property
    def state(self) -> Literal["waiting", "accepted", "returned"]:
        if self.case.is_open:
            return "waiting"
        return "accepted" if self.case.meaning == "positive" else "returned"


def rules_visible_to(actor: Actor) -> QuerySet[AcceptanceRule]:
    """The city's rules, those for the whole city first."""
    require(actor, Permission.SET_ACCEPTANCE)
    return AcceptanceRule.objects.select_related("section").order_by(
        F("section__sort_key").asc(nulls_first=True), "audience", "pk"
    )


def acceptance_of(actor: Actor, message_id: UUID) -> Acceptance:
    """The newest acceptance of the message, for whoever has a part in it or wrote it.

    Raises `NotFound`.
    """
    case = cases_about(SUBJECT, message_id, cases_visible_to(actor)).first()
    if case is None:
        raise NotFound
    return acceptance_in(actor, case)


def acceptance_in(actor: Actor, case: "Case") -> Acceptance:
    """The acceptance that the case is; whoever calls has asked whether the actor may see it."""
    [shown] = _shown(actor, cast("UUID", case.subject_id), [case])
    return shown


def acceptances_of(actor: Actor, message_id: UUID) -> list[Acceptance]:
    """Every acceptance that the message went through, the newest first. Raises `NotFound`.

    As many queries for many as for one.
    """
    found = list(cases_about(SUBJECT, message_id, cases_visible_to(actor)))
    if not found:
        raise NotFound
    return _shown(actor, message_id, found)


def _shown(actor: Actor, message_id: UUID, cases: "Sequence[Case]") -> list[Acceptance]:
    """Those cases of one message; at most one of them is open, and only that one has buttons."""
    whole = Message.objects.select_related("author", "answer_request").prefetch_related(
        Prefetch("attachments", Attachment.objects.select_related("file"))
    )
    message = whole.get(pk=message_id)
    recipients = message.frozen_recipients or {"units": [], "people": []}
    units = short_names(recipients["units"][:NAMES_SHOWN])
    people = list(accounts.names_of(recipients["people"][:NAMES_SHOWN]).values())
    steps = stories_of(cases)
    found = []
    for case in cases:
        offered = _offered(actor, case)
        mine = {verdict: one.blocked for verdict, one in offered.items()}
        found.append(
            Acceptance(
                message=message,
                case=case,
                units=units,
                people=people,
                unit_count=len(recipients["units"]),
                person_count=len(recipients["people"]),
                steps=steps[case.pk],
                can=[verdict for verdict, sentence in mine.items() if not sentence],
                sends="accept" in offered and offered["accept"].ends,
                blocked=next((sentence for sentence in mine.values() if sentence), ""),
            )
        )
    return found


def has_verdict(actor: Actor, case: "Case") -> bool:
    """Whether it is still the actor who decides on it, though something may be in the way now."""
    return bool(_offered(actor, case))


def _offered(actor: Actor, case: "Case") -> "dict[str, Button]":
    """What the actor's part lets them say, each as the button of the case."""
    look = Desk(case).look()
    ways = {one.key: one.outcome for one in look.procedure.ways_from(case.stage)}
    offered = [(ways.get(one.action), one) for one in buttons(actor, look)]
    return {OUTCOMES[outcome]: one for outcome, one in offered if outcome in OUTCOMES}


def last_return(message: Message) -> "Event | None":
    """The step that gave a draft back to its author last, with the reason; None where none did."""
    if message.state != Message.State.DRAFT:
        return None
    return last_refusal(SUBJECT, message.pk)


def attachment_of_case(case: "Case", attachment_id: UUID) -> "File":
    """A file of the message that the case is about. Raises `NotFound`."""
    found = (
        Attachment.objects.select_related("file")
        .filter(pk=attachment_id, message=case.subject_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found.file
