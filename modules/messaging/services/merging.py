"""Putting the newest workbooks of a message together into one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from audit import services as audit
from files import services as files
from modules.messaging import selectors
from modules.messaging.deeds import Deed
from modules.messaging.errors import (
    MergeNotDone,
    MergeUnderWay,
    MessageNotSent,
    NothingToMerge,
)
from modules.messaging.models import Delivery, Merge, Message
from modules.messaging.permissions import Permission
from modules.messaging.services.workbooks import content_of
from opium import scratch
from opium.errors import Invalid, NotFound
from opium.permissions import Actor, require
from outbox.services import after_commit
from spreadsheets import merging
from spreadsheets.excerpts import excerpts
from spreadsheets.report import Report, Source
from spreadsheets.template import Mode

if TYPE_CHECKING:
    from pathlib import Path

    from accounts.models import Person
    from files.models import File

REMARKS_SHOWN = 1_000
"""More would make the report heavy; the sheet "Uwagi" of the result holds every one."""


@transaction.atomic
def start_merge(*, actor: "Person", message: Message, mode: Mode = Mode.AUTO) -> Merge:
    """Have the newest workbook of each recipient merged in the background.

    A second press while the same merge is under way gives that merge, also while it waits for
    another worker to take the place of a killed one (`selectors.standstill_of`). Raises
    `MessageNotSent`, `TemplateMissing`, `NothingToMerge`, and `MergeUnderWay` while another mode
    is being merged.
    """
    require(actor, Permission.SEND_MESSAGE, message)
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not message.has_left:
        raise MessageNotSent
    selectors.template_of(message)
    total = selectors.newest_workbooks(message).count()
    if not total:
        raise NothingToMerge
    if under_way := _under_way(message):
        if under_way.mode != mode:
            raise MergeUnderWay
        return under_way
    merge = Merge.objects.create(message=message, mode=mode, total=total, started_by=actor)
    audit.record(
        actor=actor,
        deed=Deed.START_MERGE,
        right=Permission.SEND_MESSAGE,
        target=merge,
        after={"mode": mode},
    )
    after_commit(Merge.WORK, str(merge.pk))
    return merge


def _under_way(message: Message) -> Merge | None:
    """The merge that is not over; one whose work nobody will ever do is failed first."""
    merge = Merge.objects.filter(message=message, state__in=Merge.UNDER_WAY).first()
    if merge is not None and selectors.standstill_of(merge) == Merge.Standstill.LOST:
        _fail(merge, "Scalanie zostało przerwane. Uruchom je ponownie.")
        return None
    return merge


def run_merge(*, actor: Actor, merge: Merge) -> None:
    """Merge what a `start_merge` asked for and keep the result; safe to run twice.

    A template that cannot be merged makes the merge fail with the reader's sentence; a copy that
    cannot is in the report. Progress is stored on the way.
    """
    require(actor, Permission.SEND_MESSAGE, merge.message)
    answered = _sources(merge.message)
    sources, answers = answered.sources, answered.answers
    if not _begin(merge, total=len(sources)):
        return
    with scratch.room() as folder:
        output = folder / "merged.xlsx"
        try:
            report = merging.merge(
                content_of(selectors.template_of(merge.message)),
                sources,
                Mode(merge.mode),
                output,
                progress=_counter(merge),
                silent=answered.silent,
                otherwise=answered.otherwise,
            )
        except Invalid as refusal:
            fail_merge(merge=merge, sentence=str(refusal))
            return
        around = _excerpts(report, sources, answers)
        _finish(actor, merge, _shown(report, answered, around), around, output)


@transaction.atomic
def _begin(merge: Merge, *, total: int) -> bool:
    """False where the merge is over, whatever it was when this worker read it."""
    locked = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if locked.state not in Merge.UNDER_WAY:
        return False
    _change(merge, state=Merge.State.RUNNING, progress=0, total=total)
    return True


def _counter(merge: Merge) -> Callable[[int, int], None]:
    """Stores the progress at every whole per cent or so, not at every file of thousands."""

    def count(done: int, total: int) -> None:
        if done % max(total // 100, 1) == 0 or done == total:
            _change(merge, progress=done)

    return count


@transaction.atomic
def _finish(
    actor: Actor,
    merge: Merge,
    report: dict[str, Any],
    around: list[dict[str, Any] | None],
    output: "Path",
) -> None:
    locked = Merge.objects.select_for_update().get(pk=merge.pk)
    if locked.state != Merge.State.RUNNING:
        return
    name = files.archive_name(merge.message.subject, "scalone", extension="xlsx")
    with output.open("rb") as content:
        result = files.store(actor=merge.started_by, name=name, content=content)
    _change(
        merge,
        state=Merge.State.DONE,
        mode_used=report["mode"],
        progress=report["sources"],
        report=report,
        excerpts=around,
        result=result,
        finished_at=timezone.now(),
    )
    audit.record(
        actor=actor,
        deed=Deed.RUN_MERGE,
        right=Permission.SEND_MESSAGE,
        target=merge,
        after={
            "mode": report["mode"],
            "workbooks": report["sources"],
            "sha256": result.sha256,
        },
    )


@transaction.atomic
def download_merge(*, actor: Actor, merge: Merge) -> "File":
    """The merged workbook, to be given out; on record.

    Raises `NotFound` for whoever does not see the merge, and `MergeNotDone`.
    """
    if not selectors.merges_visible_to(actor).filter(pk=merge.pk).exists():
        raise NotFound
    if merge.result is None:
        raise MergeNotDone
    audit.record(
        actor=actor,
        deed=Deed.DOWNLOAD_MERGE,
        right=Permission.VIEW_MESSAGES,
        target=merge,
        after={"workbooks": merge.progress, "sha256": merge.result.sha256},
    )
    return merge.result


@transaction.atomic
def fail_merge(*, merge: Merge, sentence: str) -> str:
    """Mark a merge that the background gave up, with the sentence why; the merge's name."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.state in Merge.UNDER_WAY:
        _fail(merge, sentence)
    return str(merge)


@transaction.atomic
def await_merge(*, merge: Merge) -> None:
    """Let a failed merge begin once more. Raises `MergeUnderWay` where a newer one has begun."""
    message = Message.objects.select_for_update().get(pk=merge.message_id)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.state != Merge.State.FAILED:
        return
    if _under_way(message):
        raise MergeUnderWay
    _change(merge, state=Merge.State.WAITING, failure="", finished_at=None, progress=0)


def _shown(
    report: Report, answered: "_Answered", around: list[dict[str, Any] | None]
) -> dict[str, Any]:
    """What is told of the merge; every recipient is in one of its figures."""
    found = report.to_dict()
    shown = {name: found[name] for name in ("mode", "sources", "rows", "workbooks", "sheets")}
    shown |= {"silent": len(answered.silent), "otherwise": len(answered.otherwise)}
    for fate in ("rejected", "left_out"):
        for one in found[fate]:
            one["answer"] = answered.of[one.pop("source")]
        shown[fate] = found[fate]
    remarks = found["remarks"][:REMARKS_SHOWN]
    for number, remark in enumerate(remarks):
        del remark["source"]
        remark["number"] = None if around[number] is None else number
    return shown | {"remarks": remarks, "remark_count": len(found["remarks"])}


def _excerpts(
    report: Report, sources: list[Source], answers: Sequence[str]
) -> list[dict[str, Any] | None]:
    """What stands around the cell of each shown remark, with the answer's file."""
    shown = report.remarks[:REMARKS_SHOWN]
    found: list[dict[str, Any] | None] = [None] * len(shown)
    for number, excerpt in excerpts(shown, sources):
        if (source := shown[number].source) is not None:
            found[number] = asdict(excerpt) | {"answer_file": answers[source]}
    return found


def _fail(merge: Merge, sentence: str) -> None:
    _change(merge, state=Merge.State.FAILED, failure=sentence[:1000], finished_at=timezone.now())


def _change(merge: Merge, **values: Any) -> None:
    for name, value in values.items():
        setattr(merge, name, value)
    merge.save(update_fields=[*values, "updated_at"])


@dataclass(slots=True)
class _Answered:
    """The newest answers in the order of the status table, as a merge takes them."""

    sources: list[Source] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    """The ids of the sources' files."""
    of: list[str] = field(default_factory=list)
    """The ids of the answers that the sources belong to."""
    silent: list[tuple[str, str]] = field(default_factory=list)
    otherwise: list[tuple[str, str, str]] = field(default_factory=list)


def _sources(message: Message) -> _Answered:
    workbooks = {one.answer.delivery_id: one for one in selectors.newest_workbooks(message)}
    found = _Answered()
    for delivery in selectors.recipients_of(message):
        name, rspo = delivery.recipient_name, _rspo(delivery)
        entered = delivery.newest.entered_for(name) if delivery.newest is not None else ""
        if sent := workbooks.get(delivery.pk):
            content = content_of(sent.file)
            found.sources.append(Source(name, rspo, sent.file.name, content, entered))
            found.answers.append(str(sent.pk))
            found.of.append(str(sent.answer_id))
        elif entered:
            found.otherwise.append((name, rspo, entered))
        else:
            found.silent.append((name, rspo))
    return found


def _rspo(delivery: Delivery) -> str:
    """Every RSPO number of the unit, for a zespół has several."""
    if delivery.unit is None:
        return ""
    return ", ".join(sorted(entry.rspo for entry in delivery.unit.entries.all()))
